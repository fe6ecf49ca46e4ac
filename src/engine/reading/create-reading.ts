import { abortError, EngrailedError, fromPlain, readError } from "../../base/errors.ts";
import type { CallOptions, Progress } from "../../base/progress.ts";
import { tableFromBytes } from "../../tables/index.ts";
import { isByteSource } from "../bytes/index.ts";
import type { WorkerLike } from "../pool/index.ts";
import { receiveExperiment, sendFiles } from "./cross.ts";
import type { FromReader, SentExperiment, ToReader, Warm } from "./messages.ts";
import type { Reading } from "./types.ts";

export interface ReadingOptions {
  /** Makes a worker that answers as `serveReading` does. */
  readonly spawn: () => WorkerLike;
  /** Workers at a time; further calls wait. Two unless told. */
  readonly size?: number;
  /** Seconds in which a worker gives no sign of life before it is ended; 20 unless told. */
  readonly silence?: number;
  /** Seconds in which it lives but does not get on before it is ended; 120 unless told. */
  readonly standstill?: number;
  /** Seconds that an idle worker is kept, with its libraries and their memory; 15 unless told. */
  readonly idle?: number;
}

/** A worker and the end of its idleness. */
interface Place {
  readonly worker: WorkerLike;
  idle: ReturnType<typeof setTimeout> | null;
}

/**
 * Reads files in workers that can be ended, so that no file can hold the engine: a stop is answered at once, whatever
 * the reader is doing, and a worker that gives no sign of life, does not get on or dies makes a ReadError of its file.
 */
export function createReading({
  spawn,
  size = 2,
  silence = 20,
  standstill = 120,
  idle = 15,
}: ReadingOptions): Reading {
  const free: Place[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  function take(): Place {
    const place = free.pop() ?? { worker: spawn(), idle: null };
    if (place.idle !== null) clearTimeout(place.idle);
    place.idle = null;
    return place;
  }

  /** An idle worker that has waited long enough, or died. */
  function leave(place: Place): void {
    const at = free.indexOf(place);
    if (at >= 0) free.splice(at, 1);
    place.worker.terminate();
  }

  function giveBack(place: Place): void {
    place.idle = setTimeout(() => leave(place), 1000 * idle);
    (place.idle as { unref?: () => void }).unref?.();
    free.push(place);
  }

  async function ask(
    what: ToReader["what"],
    args: readonly unknown[],
    { signal, onProgress }: CallOptions = {},
  ): Promise<unknown> {
    const sent = (await sendFiles(args)) as readonly unknown[];
    await turn(signal);
    try {
      const place = take();
      const { result, whole } = await once(place.worker, { type: "read", what, args: sent });
      if (whole) giveBack(place);
      return result();
    } finally {
      --busy;
      waiting.shift()?.();
    }

    /** One call of a worker; `whole` says whether the worker can be asked again. */
    function once(worker: WorkerLike, message: ToReader) {
      return new Promise<{ result: () => unknown; whole: boolean }>((resolve) => {
        const file = nameOf(args[what === "join" ? 1 : 0]);
        let told: Progress | null = null;
        let quiet = 0;
        let still = 0;
        const clock = setInterval(() => {
          if (++quiet > silence) end(endless(file, `a sign of life within ${silence} s`));
          else if (++still > standstill) end(endless(file, `to get on within ${standstill} s`));
        }, 1000);
        const settle = (result: () => unknown, whole: boolean) => {
          clearInterval(clock);
          signal?.removeEventListener("abort", stop);
          resolve({ result, whole });
        };
        const fail = (error: Error) => () => {
          throw error;
        };
        const end = (error: Error) => {
          worker.terminate();
          settle(fail(error), false);
        };
        const stop = () => end(abortError());
        const died = ({ message: reason }: { readonly message?: string }) => {
          const at = free.findIndex((place) => place.worker === worker);
          if (at >= 0) free.splice(at, 1);
          end(
            readError(`reader died of this file: ${file}`, {
              file,
              expected: "a file that fits into memory",
              help: "It is damaged or too large: take fewer samples, or write it in another format.",
              cause: reason,
            }),
          );
        };
        signal?.addEventListener("abort", stop, { once: true });
        listen(worker, {
          message(data) {
            const answer = data as FromReader;
            quiet = 0;
            if (answer.type === "progress") {
              const { done, label } = answer.progress;
              if (told === null || told.done !== done || told.label !== label) still = 0;
              told = answer.progress;
              onProgress?.(answer.progress);
            } else if (answer.type === "result") settle(() => answer.result, true);
            else if (answer.type === "failed") {
              const error = fromPlain(answer.error);
              if (answer.trapped) end(error instanceof EngrailedError ? error : trap(file, error));
              else settle(fail(error), true);
            }
          },
          died,
        });
        worker.postMessage(message, []);
      });
    }
  }

  /** Waits for a free place and takes it; a stop ends the waiting. */
  async function turn(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw abortError();
    while (busy >= size) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(abortError());
        };
        const go = () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        signal?.addEventListener("abort", stop, { once: true });
        waiting.push(go);
      });
    }
    ++busy;
  }

  return {
    warm() {
      if (busy > 0 || free.length > 0) return;
      const place: Place = { worker: spawn(), idle: null };
      const warm: Warm = { type: "warm" };
      place.worker.postMessage(warm, []);
      listen(place.worker, { message: () => undefined, died: () => leave(place) });
      giveBack(place);
    },
    experiment: async (source, options, call) =>
      receiveExperiment((await ask("experiment", [source, options], call)) as SentExperiment),
    table: async (source, options, call) =>
      tableFromBytes((await ask("table", [source, options], call)) as Uint8Array),
    inspect: (source, call) => ask("inspect", [source], call) as ReturnType<Reading["inspect"]>,
    join: (ids, sheets, options, call) =>
      ask("join", [ids, sheets, options], call) as ReturnType<Reading["join"]>,
  };
}

/** Who hears a worker now; each worker gets its listeners once. */
interface Ear {
  message(data: unknown): void;
  died(event: { readonly message?: string }): void;
}

const ears = new WeakMap<WorkerLike, Ear>();

function listen(worker: WorkerLike, ear: Ear): void {
  const known = ears.has(worker);
  ears.set(worker, ear);
  if (known) return;
  worker.addEventListener("message", ({ data }) => ears.get(worker)?.message(data));
  worker.addEventListener("error", (event) => ears.get(worker)?.died(event));
  worker.addEventListener("messageerror", (event) => ears.get(worker)?.died(event));
}

function endless(file: string, expected: string) {
  return readError(`reading does not come to an end: ${file}`, {
    file,
    expected,
    help: "The file is damaged or too large: get it again, or write it in another format.",
  });
}

function trap(file: string, cause: Error) {
  return readError(`broken file: ${file}`, {
    file,
    offset: 0,
    expected: "a file that its library reads to the end",
    help: "The file was damaged or only partly copied: get it again.",
    cause,
  });
}

/** The name of the file, or of the first of the files. */
function nameOf(source: unknown): string {
  if (isByteSource(source)) return source.name;
  for (const one of Object.values(source ?? {})) {
    const name = nameOf(one);
    if (name !== "") return name;
  }
  return "";
}
