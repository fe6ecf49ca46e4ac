import type { PlainError } from "../../base/errors.ts";
import type { Progress } from "../../base/progress.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Reading } from "./types.ts";

/** A file on its way to the worker. */
export interface SentFile {
  readonly $file: string;
  readonly blob: Blob;
}

/** An experiment on its way back: its tables as Arrow IPC bytes. */
export type SentExperiment = Omit<Experiment, "genes" | "samples"> & {
  readonly genes: Uint8Array;
  readonly samples: Uint8Array;
};

/** What the worker is told first, where it was started ahead: to load what most files need. */
export interface Warm {
  readonly type: "warm";
}

/** What the worker is told: one call of `Reading`, its files as SentFile. It has one at a time. */
export interface ToReader {
  readonly type: "read";
  readonly what: Exclude<keyof Reading, "warm">;
  readonly args: readonly unknown[];
}

/** What it answers; `alive` every second in which it hears its own clock. */
export type FromReader =
  | { readonly type: "alive" }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "result"; readonly result: unknown }
  /** `trapped`: a library in WebAssembly broke off in the middle, and can't be trusted with another file. */
  | { readonly type: "failed"; readonly error: PlainError; readonly trapped: boolean };
