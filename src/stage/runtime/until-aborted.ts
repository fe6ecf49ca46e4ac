import { abortable } from "../../base/progress.ts";

/** True for what the runtime iterates: the values of a generator are the values of its cell, one after another. */
export function isGenerator(value: unknown): value is Generator | AsyncGenerator {
  const v = value as Partial<Generator> | null | undefined;
  return !!v && typeof v.next === "function" && typeof v.return === "function";
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return !!value && typeof (value as Partial<PromiseLike<unknown>>).then === "function";
}

/**
 * A cell's value that settles at the latest when its run is over. The runtime lets a cell run again only when the
 * value before has settled, so that a promise that never does would hold up the cell for good.
 */
export function untilAborted(value: unknown, signal: AbortSignal): unknown {
  if (isThenable(value)) return settling(value, signal).then((v) => untilAborted(v, signal));
  return isGenerator(value) ? guarded(value, signal) : value;
}

function guarded(generator: Generator | AsyncGenerator, signal: AbortSignal): object {
  return {
    next(sent: unknown) {
      const result: unknown = generator.next(sent as never);
      if (isThenable(result)) return settling(result, signal);
      const { done, value } = result as IteratorResult<unknown>;
      return isThenable(value) ? { done, value: settling(value, signal) } : result;
    },
    return() {
      const result: unknown = generator.return(undefined);
      // An await that never ends keeps an async generator from returning; nobody waits for it.
      if (isThenable(result)) Promise.resolve(result).catch(() => {});
      return { done: true, value: undefined };
    },
  };
}

function settling(value: PromiseLike<unknown>, signal: AbortSignal): Promise<unknown> {
  const promise = Promise.resolve(value);
  promise.catch(() => {}); // after the run is over nobody else hears of it
  return abortable(promise, signal);
}
