import { workError } from "../../base/errors.ts";
import type { Progress } from "../../base/progress.ts";
import type { EngineClient } from "../../protocol/engine.ts";
import { moved, serve } from "../../protocol/ports.ts";
import { decode, encode, type WireFile, type WireHandle } from "../../protocol/wire.ts";
import { reportTable } from "../experiment/report-table.ts";
import type { Experiment } from "../experiment/types.ts";
import type { OperationContext } from "./context.ts";
import type { DatabaseSession } from "./databases.ts";
import type { Handles } from "./handles.ts";
import { isExperiment } from "./is-experiment.ts";
import { operations } from "./operations.ts";

/** What the service is made of: everything of an operation's context that outlives a call. */
export interface ServiceParts extends Omit<OperationContext, "signal" | "onProgress"> {
  readonly handles: Handles;
  /** Told of every call as it begins, moves and ends, for the shell's status line. */
  readonly onCall: (call: number, progress: Progress | null) => void;
}

/** A cell hears of its progress this often at most while the words stay the same, in ms. */
const progressEvery = 100;

/** Answers one stage on `port`; returns what ends it: calls stop and its handles are let go. */
export function serveClient(port: MessagePort, parts: ServiceParts): () => void {
  const running = new Map<number, AbortController>();
  let listener: ((call: number, progress: Progress) => void) | null = null;

  const client: EngineClient = {
    async call(name, args, call) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw workError(`no such operation: ${name}`);
      const abort = new AbortController();
      running.set(call, abort);
      let toldAt = -Infinity;
      let toldLabel = "";
      const onProgress = (progress: Progress) => {
        if (abort.signal.aborted) return;
        const now = performance.now();
        // Each one has the page laid out and painted, on the cores that the kernels work on.
        if (progress.label !== toldLabel || now - toldAt >= progressEvery) {
          toldAt = now;
          toldLabel = progress.label;
          listener?.(call, progress);
        }
        parts.onCall(call, progress);
      };
      parts.onCall(call, { label: name, done: 0, total: 0 });
      try {
        const decoded = args.map((arg) => decode(arg, (item) => revive(item, parts)));
        const context: OperationContext = { ...parts, signal: abort.signal, onProgress };
        const result: unknown = await operation(context, ...(decoded as never[]));
        abort.signal.throwIfAborted();
        const transfer: Transferable[] = [];
        const sent = encode(result, (value) => replace(value, parts, transfer), transfer);
        return typeof sent === "object" && sent !== null ? moved(sent, transfer) : sent;
      } finally {
        running.delete(call);
        parts.onCall(call, null);
      }
    },
    cancel(call) {
      running.get(call)?.abort();
    },
    release(id) {
      parts.handles.release(id);
    },
    onProgress(next) {
      listener = next;
    },
  };
  serve(client, port);
  port.start();

  return () => {
    for (const abort of running.values()) abort.abort();
    listener = null;
    parts.handles.clear();
    port.close();
  };
}

function revive(item: WireHandle | WireFile, parts: ServiceParts): unknown {
  if (item.$ === "file") return parts.file(item.name, item.blob);
  return parts.handles.get(item.id);
}

/** Experiments and databases stay here: what crosses is their number and what the stage may know at once. */
function replace(value: object, parts: ServiceParts, transfer: Transferable[]): unknown {
  if (isExperiment(value))
    return {
      $: "experiment",
      id: parts.handles.hold(value),
      info: experimentInfo(value),
    } satisfies WireHandle;
  if (isDatabase(value))
    return {
      $: "database",
      id: parts.handles.hold(value),
      info: { tables: value.tables },
    } satisfies WireHandle;
  if (isFit(value))
    return { $: "fit", id: parts.handles.hold(value), info: fitInfo(value) } satisfies WireHandle;
  if (value instanceof Uint8Array && value.buffer instanceof ArrayBuffer) {
    const whole = value.byteOffset === 0 && value.byteLength === value.buffer.byteLength;
    const bytes = whole ? (value as Uint8Array<ArrayBuffer>) : value.slice();
    transfer.push(bytes.buffer);
    return bytes;
  }
  return undefined;
}

function experimentInfo(experiment: Experiment) {
  return {
    title: experiment.title,
    organism: experiment.organism,
    kind: experiment.kind,
    shape: { genes: experiment.counts.nGenes, samples: experiment.counts.nSamples },
    genes: experiment.genes,
    samples: experiment.samples,
    report: reportTable(experiment.report),
    metadata: experiment.metadata,
  };
}

interface FitLike {
  readonly coefficients: readonly string[];
  results(options: object, context: OperationContext): Promise<unknown>;
}

/** A fit stays here with what its results need; the stage gets what it shows. */
function isFit(value: object): value is FitLike {
  const fit = value as Partial<FitLike>;
  return typeof fit.results === "function" && Array.isArray(fit.coefficients);
}

function fitInfo(fit: FitLike): object {
  return Object.fromEntries(Object.entries(fit).filter(([, value]) => typeof value !== "function"));
}

function isDatabase(value: object): value is DatabaseSession {
  const session = value as Partial<DatabaseSession>;
  return typeof session.query === "function" && typeof session.describeTables === "function";
}
