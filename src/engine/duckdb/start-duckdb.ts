import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import { queryError } from "../../base/errors.ts";
import type { Progress } from "../../base/progress.ts";
import { egressShim, wasmAddress, wasmMessage } from "./egress-shim.ts";

/** Where DuckDB's own files come from: two files of the build, found by name. */
export interface DuckDBFiles {
  /** The response for `duckdb-browser-eh.worker.js` or `duckdb-eh.wasm.gz`. */
  readonly load: (name: string) => Promise<Response>;
  /** Starts a classic worker from a blob: URL; `new Worker(url)` unless given. */
  readonly spawn?: (url: string) => Worker;
}

/** A running DuckDB: its bindings, and what tells that its worker has died. */
export interface DuckDBProcess {
  readonly db: AsyncDuckDB;
  /** Connection that belongs to no client. */
  readonly admin: number;
  /** Settles as the promise does, or rejects when the worker dies, which would leave the promise waiting for ever. */
  readonly guard: <T>(promise: Promise<T>) => Promise<T>;
  readonly isAlive: () => boolean;
  /** Calls the worker dead: after a trap in the wasm its memory can't be trusted. */
  readonly kill: (reason: string) => void;
  readonly terminate: () => Promise<void>;
}

const workerName = "duckdb-browser-eh.worker.js";
const wasmName = "duckdb-eh.wasm.gz";

/** Set in this order; the last forbids changing any of them. */
const settings = [
  "autoload_known_extensions = false",
  "autoinstall_known_extensions = false",
  "allow_community_extensions = false",
  "allow_unredacted_secrets = false",
  "allow_persistent_secrets = false",
  "enable_external_access = false",
  "errors_as_json = true",
  "lock_configuration = true",
];

/**
 * Starts DuckDB in a worker of its own: the egress shim first, then DuckDB's script, both in one Blob so that the worker
 * inherits the page's policy; the wasm is posted to it and never fetched from there. Extensions never load, files
 * and network are refused, and the configuration is locked before any query runs.
 */
export async function startDuckDB(
  files: DuckDBFiles,
  onProgress?: (progress: Progress) => void,
): Promise<DuckDBProcess> {
  const label = "starting SQL";
  onProgress?.({ label, done: 0, total: 3 });
  const [script, wasm] = await Promise.all([loadText(files), loadWasm(files)]);
  onProgress?.({ label, done: 1, total: 3 });
  const url = URL.createObjectURL(
    new Blob([egressShim, "\n", script], { type: "text/javascript" }),
  );
  const worker = files.spawn ? files.spawn(url) : new Worker(url);
  let alive = true;
  // Not Promise.race with one long-lived promise: that would keep every result for the life of the worker.
  const waiting = new Set<(error: Error) => void>();
  let reason: Error | null = null;
  const guard = <T>(promise: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (reason) return reject(reason);
      waiting.add(reject);
      promise.then(resolve, reject).finally(() => waiting.delete(reject));
    });
  const failAll = (error: Error): void => {
    reason = error;
    for (const reject of waiting) reject(error);
    waiting.clear();
  };
  const kill = (why: string): void => {
    if (!alive) return;
    alive = false;
    worker.terminate();
    failAll(
      queryError(`SQL stopped working: ${why}`, {
        help: "Run the cell again: the database starts anew with the tables that were attached to it.",
      }),
    );
  };
  worker.addEventListener("error", (event) => kill(event.message || "its worker failed"));
  worker.addEventListener("messageerror", () => kill("a message could not be read"));
  try {
    const db = new AsyncDuckDB(new VoidLogger(), worker);
    worker.postMessage({ [wasmMessage]: wasm }, [wasm]);
    await guard(db.instantiate(wasmAddress, null));
    onProgress?.({ label, done: 2, total: 3 });
    await guard(db.open({ path: ":memory:", query: {}, opfs: { fileHandling: "manual" } }));
    const admin = await guard(db.connectInternal());
    for (const setting of settings) await guard(db.runQuery(admin, `SET ${setting}`));
    onProgress?.({ label, done: 3, total: 3 });
    const terminate = async (): Promise<void> => {
      alive = false;
      failAll(queryError("SQL was closed: the database", { help: "Make another DuckDBClient." }));
      await db.terminate();
    };
    return { db, admin, guard, isAlive: () => alive, kill, terminate };
  } catch (error) {
    alive = false;
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function loadText(files: DuckDBFiles): Promise<string> {
  return (await loaded(files, workerName)).text();
}

/** The wasm bytes, inflated unless the host has done that already. */
async function loadWasm(files: DuckDBFiles): Promise<ArrayBuffer> {
  const bytes = await (await loaded(files, wasmName)).arrayBuffer();
  const head = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (head[0] === 0x00 && head[1] === 0x61 && head[2] === 0x73 && head[3] === 0x6d) return bytes;
  if (head[0] !== 0x1f || head[1] !== 0x8b)
    throw queryError(`SQL can't start: ${wasmName} is not the file it should be`, {
      help: "Reload the page; if that doesn't help, the site is missing a file.",
    });
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch (cause) {
    throw queryError(`SQL can't start: ${wasmName} is damaged or cut short`, {
      help: "Reload the page.",
      cause,
    });
  }
}

async function loaded(files: DuckDBFiles, name: string): Promise<Response> {
  let response: Response;
  try {
    response = await files.load(name);
  } catch (cause) {
    throw queryError(`SQL can't start: ${name} could not be loaded`, {
      help: "Check the connection and run the cell again; offline, SQL works once it has been used online.",
      cause,
    });
  }
  if (!response.ok)
    throw queryError(`SQL can't start: ${name} could not be loaded (${response.status})`, {
      help: "Reload the page; if that doesn't help, the site is missing a file.",
    });
  return response;
}
