import { storageError } from "../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../base/progress.ts";

export interface OfflineFile {
  readonly path: string;
  readonly size: number;
  readonly kept: boolean;
}

export interface OfflineContents {
  readonly version: string;
  /** Bytes of the page itself. */
  readonly shell: number;
  readonly rest: readonly OfflineFile[];
}

/** Use without a network: what is kept, keeping all of it, and newer versions of the page. */
export interface Offline {
  /** False over file://, over plain http, and where the browser has no service workers. */
  readonly possible: boolean;
  /** A newer version of the page waits for a reload. */
  readonly update: boolean;
  /** The browser refused the service worker; the page works, but only with a network. */
  readonly failed: boolean;
  onChange(listener: () => void): () => void;
  /** Null while nothing is in charge of offline use. */
  contents(): Promise<OfflineContents | null>;
  /** Fetches what isn't kept yet. Progress counts bytes. */
  keepAll(options?: CallOptions): Promise<void>;
  /** Keeps a file that the page fetched before the service worker was in charge. */
  keep(path: string, blob: Blob): void;
  forget(): Promise<void>;
  /** Lets the newer version take over; the page reloads when it has. */
  applyUpdate(): void;
}

export interface OfflineOptions {
  /** The page's folder, with a slash at its end. */
  readonly base: string;
  readonly script?: string;
  readonly container?: ServiceWorkerContainer | undefined;
  readonly secure?: boolean;
  readonly protocol?: string;
  readonly fetch?: typeof fetch;
  readonly reload?: () => void;
  /** Registering waits until this settles: keeping files for later competes with what is shown first. */
  readonly after?: Promise<unknown>;
}

const hour = 3_600_000;

/** Registers the service worker where one may be, and follows it. Has no effect elsewhere. */
export function startOffline(options: OfflineOptions): Offline {
  const {
    base,
    script = "service-worker.js",
    container = typeof navigator === "undefined" ? undefined : navigator.serviceWorker,
    secure = globalThis.isSecureContext,
    protocol = globalThis.location?.protocol ?? "",
    reload = () => location.reload(),
  } = options;
  const possible = Boolean(container) && secure && /^https?:$/.test(protocol);
  const listeners = new Set<() => void>();
  const early = new Map<string, Blob>();
  let registration: ServiceWorkerRegistration | null = null;
  let update = false;
  let wanted = false;
  let failed = false;
  let checked = Date.now();
  const controlledAtStart = Boolean(container?.controller);

  /** What other workers of the page fetched before the service worker was in charge of them. */
  const harvest = () => void ask(container?.controller, { type: "harvest" });

  const tell = () => {
    for (const listener of listeners) listener();
  };

  function follow(found: ServiceWorkerRegistration): void {
    registration = found;
    if (found.waiting && container?.controller) update = true;
    found.addEventListener("updatefound", () => {
      const worker = found.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && container?.controller) {
          update = true;
          tell();
        }
      });
    });
    tell();
  }

  function handEarly(): void {
    for (const [path, blob] of early) void ask(container?.controller, { type: "keep", path, blob });
    early.clear();
  }

  if (possible && container) {
    container.addEventListener("controllerchange", () => {
      handEarly();
      if (!controlledAtStart)
        for (const seconds of [1, 15, 60, 240]) setTimeout(harvest, seconds * 1000);
      if (wanted) reload();
      else if (controlledAtStart) {
        update = true;
        tell();
      } else tell();
    });
    const register = () =>
      container
        .register(new URL(script, base).href, { scope: base, updateViaCache: "none" })
        .then(follow, (error: unknown) => {
          failed = true;
          console.warn("no offline copy:", error instanceof Error ? error.message : error);
          tell();
        });
    if (options.after) void options.after.then(register, register);
    else void register();
    globalThis.document?.addEventListener("visibilitychange", () => {
      if (!controlledAtStart && document.visibilityState === "hidden") harvest();
      if (document.visibilityState !== "visible" || Date.now() - checked < hour) return;
      checked = Date.now();
      registration?.update().catch(() => undefined);
    });
  }

  async function contents(): Promise<OfflineContents | null> {
    if (!possible || !container) return null;
    const worker = container.controller ?? registration?.active;
    return (await ask(worker, { type: "contents" })) as OfflineContents | null;
  }

  return {
    possible,
    get update() {
      return update;
    },
    get failed() {
      return failed;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    contents,
    async keepAll({ signal, onProgress } = {}) {
      const all = await contents();
      if (!all)
        throw storageError("this page can't be kept for offline use: opened without https", {
          help: "Open it from an https address or from localhost.",
        });
      const get = options.fetch ?? fetch;
      const missing = all.rest.filter((file) => !file.kept);
      const total = missing.reduce((sum, file) => sum + file.size, 0);
      let before = 0;
      for (const file of missing) {
        throwIfAborted(signal);
        const url = new URL(file.path.split("/").map(encodeURIComponent).join("/"), base);
        const blob = await fetchWhole(get, url.href, file, signal, (done) =>
          onProgress?.({ label: file.path, done: before + Math.min(done, file.size), total }),
        );
        await ask(container?.controller, { type: "keep", path: url.href.slice(base.length), blob });
        before += file.size;
        onProgress?.({ label: file.path, done: before, total });
      }
      const after = await contents();
      const left = after?.rest.filter((file) => !file.kept) ?? [];
      if (left.length > 0)
        throw storageError(`not kept: ${left.map((file) => file.path).join(", ")}`, {
          help: "The browser may be short of room, or the page was just updated: reload and try again.",
        });
    },
    keep(path, blob) {
      if (!possible || controlledAtStart) return;
      if (container?.controller) void ask(container.controller, { type: "keep", path, blob });
      else early.set(path, blob);
    },
    async forget() {
      if (possible) await ask(container?.controller, { type: "forget" });
    },
    applyUpdate() {
      wanted = true;
      if (registration?.waiting) registration.waiting.postMessage({ type: "activate" });
      else reload();
    },
  };
}

async function fetchWhole(
  get: typeof fetch,
  url: string,
  file: OfflineFile,
  signal: AbortSignal | undefined,
  onBytes: (done: number) => void,
): Promise<Blob> {
  let response: Response;
  try {
    response = await get(url, { signal });
  } catch (error) {
    throwIfAborted(signal);
    throw storageError(`could not be fetched: ${file.path}`, {
      help: "You seem to be offline. What was kept so far stays.",
      cause: error,
    });
  }
  if (!response.ok || !response.body)
    throw storageError(`could not be fetched: ${file.path}: status ${response.status}`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  const reader = response.body.getReader();
  for (;;) {
    throwIfAborted(signal);
    const { value, done: end } = await reader.read();
    if (end) return new Blob(chunks);
    chunks.push(value as Uint8Array<ArrayBuffer>);
    done += value.length;
    onBytes(done);
  }
}

/** Asks the worker; null when it doesn't answer within 30 s. */
function ask(worker: ServiceWorker | null | undefined, message: unknown): Promise<unknown> {
  if (!worker) return Promise.resolve(null);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(null), 30_000);
    port1.addEventListener("message", (event) => {
      clearTimeout(timer);
      port1.close();
      resolve(event.data);
    });
    port1.start();
    worker.postMessage(message, [port2]);
  });
}
