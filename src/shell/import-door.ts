import { abortable, throwIfAborted, type CallOptions, type Progress } from "../base/progress.ts";
import type { EngineApi } from "../protocol/engine.ts";
import { callback, type Remote } from "../protocol/ports.ts";
import type { ImportDoor } from "./ports.ts";

/**
 * The engine's numbered calls as calls with a signal: an abort rejects at once, and stops the work there. They fail
 * with what `broken` resolves with where the engine does not start.
 */
export function importDoor(engine: Remote<EngineApi>, broken: Promise<unknown>): ImportDoor {
  let last = 0;

  function numbered<T>(
    { signal, onProgress }: CallOptions,
    start: (call: number, onProgress?: (progress: Progress) => void) => Promise<T>,
  ): Promise<T> {
    throwIfAborted(signal);
    const call = ++last;
    const tell = (progress: Progress) => {
      if (!signal?.aborted) onProgress?.(progress);
    };
    const stop = () => void engine.cancel(call);
    signal?.addEventListener("abort", stop, { once: true });
    const called = start(call, onProgress && callback(tell));
    const work = Promise.race([called, broken.then((error) => Promise.reject<T>(error))]);
    const end = () => signal?.removeEventListener("abort", stop);
    work.then(end, end);
    return abortable(work, signal);
  }

  return {
    expectFiles: () => void engine.expectFiles(),
    inspect: async (files, options = {}) =>
      numbered(options, (call, tell) => engine.inspect(files, call, tell)),
    previewExperiment: async (files, chosen, options = {}) =>
      numbered(options, (call, tell) => engine.previewExperiment(files, chosen, call, tell)),
    experimentFile: async (files, chosen, options = {}) =>
      numbered(options, (call, tell) => engine.experimentFile(files, chosen, call, tell)),
  };
}
