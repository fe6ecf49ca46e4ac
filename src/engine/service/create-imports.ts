import type { Progress } from "../../base/progress.ts";
import type { EngineApi } from "../../protocol/engine.ts";
import { moved } from "../../protocol/ports.ts";
import { toArrow } from "../experiment/to-arrow.ts";
import type { OperationContext } from "./context.ts";
import { importSource } from "./import-source.ts";
import { inspectFiles } from "./inspect-files.ts";
import { previewImport } from "./preview-import.ts";
import { readExperiment } from "./read-experiment.ts";

/** The calls of the shell's import panel, each stopped by its number. */
export type Imports = Pick<
  EngineApi,
  "expectFiles" | "inspect" | "previewExperiment" | "experimentFile" | "cancel"
>;

export function createImports(parts: Omit<OperationContext, "signal" | "onProgress">): Imports {
  const running = new Map<number, AbortController>();

  async function stoppable<T>(
    call: number,
    onProgress: ((progress: Progress) => void) | undefined,
    run: (context: OperationContext) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const { signal } = abort;
    running.set(call, abort);
    let last = -Infinity;
    const tell = (progress: Progress) => {
      const now = performance.now();
      if (signal.aborted || now - last < 50) return;
      last = now;
      onProgress?.(progress);
    };
    try {
      const result = await run({ ...parts, signal, onProgress: tell });
      signal.throwIfAborted();
      return result;
    } finally {
      running.delete(call);
    }
  }

  return {
    expectFiles: () => parts.reading.warm?.(),
    inspect: (files, call, onProgress) =>
      stoppable(call, onProgress, (context) => inspectFiles(context.reading, files, context)),
    previewExperiment: (files, options, call, onProgress) =>
      stoppable(call, onProgress, (context) => previewImport(context, files, options)),
    experimentFile: (files, options, call, onProgress) =>
      stoppable(call, onProgress, async (context) => {
        const experiment = await readExperiment(context, importSource(files), options);
        const bytes = toArrow(experiment).slice();
        return moved(bytes, [bytes.buffer]);
      }),
    cancel(call) {
      running.get(call)?.abort();
    },
  };
}
