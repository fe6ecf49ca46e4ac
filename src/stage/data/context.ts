import type { Progress } from "../../base/progress.ts";

/** The run of the cell that a call belongs to: its end stops the call, its bar shows the progress. */
export interface CellContext {
  readonly cellId: number;
  readonly signal: AbortSignal;
  /** What the cell was given, by name, unbound. */
  readonly inputs?: ReadonlyMap<string, unknown>;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * The method by which the runtime hands a value to one run of one cell: what it returns takes the value's
 * place there, so that calls made through it stop with the cell.
 */
export const bind: unique symbol = Symbol.for("engrailed.bind") as typeof bind;

/** A value that a cell sees bound to its own run. */
export interface Bindable<T> {
  [bind](context: CellContext): T;
}

/** A function that takes the context first, as cells see it: without, and bound to each run. */
export function boundFunction<A extends unknown[], R>(
  call: (context: CellContext | null, ...args: A) => R,
): (...args: A) => R {
  const unbound = (...args: A) => call(null, ...args);
  return Object.assign(unbound, {
    [bind]:
      (context: CellContext) =>
      (...args: A) =>
        call(context, ...args),
  });
}
