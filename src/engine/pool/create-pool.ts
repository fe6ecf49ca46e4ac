import { abortError, workError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { Block, GeneArrays } from "../kernels/block.ts";
import { concatenate } from "./concatenate.ts";
import type { BlockArgs, BlockKernel, KernelResult, WholeArgs, WholeKernel } from "./messages.ts";
import type { WorkerLike } from "./worker-like.ts";
import { WorkerSlot, type Task } from "./worker-slot.ts";

export interface PoolOptions {
  /** Number of workers; by default one a core, at least two. */
  readonly size?: number;
  /** Makes a worker that answers as `serveKernels` does. */
  readonly spawn: () => WorkerLike;
}

export interface PoolCallOptions extends CallOptions {
  /** What is being done, in words, for progress. */
  readonly label?: string;
}

/** Kernel workers, each holding a run of genes of every block it was given. */
export interface Pool {
  readonly size: number;
  /**
   * Runs a block kernel over all genes, split between the workers; the answer does not depend on their number.
   * `counts` is sent once, and recognised by identity. Progress counts genes.
   */
  run<K extends BlockKernel>(
    kernel: K,
    counts: Block,
    args: BlockArgs<K>,
    options?: PoolCallOptions,
  ): Promise<KernelResult<K>>;
  /** Starts the workers, so that they are there when they are needed. */
  warm(): void;
  /** Runs a whole kernel on the least busy worker. */
  call<K extends WholeKernel>(
    kernel: K,
    args: WholeArgs<K>,
    options?: PoolCallOptions,
  ): Promise<KernelResult<K>>;
  /** The content of a gzip member, of `size` bytes, read and inflated by the least busy worker. */
  inflate(member: Blob, size: number, options?: CallOptions): Promise<Uint8Array>;
  /** Sends `counts` to the workers ahead of the first call. */
  hold(counts: Block): void;
  /** Lets the workers forget `counts`; happens by itself when nothing refers to it any more. */
  release(counts: Block): void;
  /** Ends the workers; calls under way are rejected. */
  close(): void;
}

/** Which genes of a block went to which worker: worker i has [bounds[i], bounds[i + 1]). */
interface Held {
  readonly id: number;
  readonly bounds: readonly number[];
}

/**
 * A pool of kernel workers, started when first needed. Calls stop within 200 ms of their signal: block kernels
 * between slices of genes, whole ones by ending their worker, which is replaced. Errors keep their class. A worker that
 * dies rejects its calls and is replaced too.
 */
export function createPool({ size = defaultSize(), spawn }: PoolOptions): Pool {
  const slots = Array.from({ length: Math.max(1, size) }, () => new WorkerSlot(spawn));
  const held = new WeakMap<Block, Held>();
  const forgotten = new FinalizationRegistry<number>((id) => slots.forEach((s) => s.release(id)));
  let lastId = 0;
  let closed = false;

  function heldFor(counts: Block): Held {
    const known = held.get(counts);
    if (known) return known;
    const n = Math.max(1, Math.min(slots.length, counts.nGenes));
    const bounds = Array.from({ length: n + 1 }, (_, i) => Math.floor((counts.nGenes * i) / n));
    const made = { id: ++lastId, bounds };
    held.set(counts, made);
    forgotten.register(counts, made.id, counts);
    return made;
  }

  /** Starts tasks on slots and waits for all; a failure or a stop ends the others. */
  function start<R extends object>(
    work: readonly { slot: WorkerSlot; task: Omit<Task, "resolve" | "reject"> }[],
    signal: AbortSignal | undefined,
  ): Promise<R[]> {
    if (closed) return Promise.reject(workError("the pool is closed"));
    return new Promise((resolve, reject) => {
      const results: R[] = [];
      let left = work.length;
      const end = () => {
        signal?.removeEventListener("abort", stop);
        for (const { slot, task } of work) slot.cancel(task.message.id);
      };
      const stop = () => {
        end();
        reject(abortError());
      };
      signal?.addEventListener("abort", stop, { once: true });
      work.forEach(({ slot, task }, i) =>
        slot.start({
          ...task,
          resolve: (result) => {
            results[i] = result as R;
            if (--left > 0) return;
            signal?.removeEventListener("abort", stop);
            resolve(results);
          },
          reject: (error) => {
            end();
            reject(error);
          },
        }),
      );
    });
  }

  return {
    size: slots.length,

    async run(kernel, counts, args, { signal, onProgress, label = "" } = {}) {
      throwIfAborted(signal);
      const { id: blockId, bounds } = heldFor(counts);
      const done = new Float64Array(bounds.length - 1);
      const total = counts.nGenes;
      const work = Array.from(done, (_, i) => ({
        slot: slots[i],
        task: {
          message: { type: "run", id: ++lastId, kernel, blockId, args } as const,
          block: () => copyOf(counts, bounds[i], bounds[i + 1]),
          onProgress: (n: number) => {
            done[i] = n;
            onProgress?.({ label, done: done.reduce((a, b) => a + b), total });
          },
        },
      }));
      const parts = await start<GeneArrays>(work, signal);
      onProgress?.({ label, done: total, total });
      return concatenate(parts) as KernelResult<typeof kernel>;
    },

    async call(kernel, args, { signal, onProgress, label = "" } = {}) {
      throwIfAborted(signal);
      onProgress?.({ label, done: 0, total: 0 });
      const slot = slots.reduce((a, b) => (b.load < a.load ? b : a));
      const message = { type: "call", id: ++lastId, kernel, args } as const;
      const [result] = await start([{ slot, task: { message } }], signal);
      return result as KernelResult<typeof kernel>;
    },

    warm() {
      if (!closed) for (const slot of slots) slot.warm();
    },

    async inflate(member, size, { signal } = {}) {
      throwIfAborted(signal);
      const slot = slots.reduce((a, b) => (b.load < a.load ? b : a));
      const message = { type: "inflate", id: ++lastId, member, size } as const;
      const [{ content }] = await start<{ content: Uint8Array }>(
        [{ slot, task: { message } }],
        signal,
      );
      return content;
    },

    hold(counts) {
      const { id, bounds } = heldFor(counts);
      for (let i = 0; i + 1 < bounds.length; ++i)
        slots[i].hold(id, () => copyOf(counts, bounds[i], bounds[i + 1]));
    },

    release(counts) {
      const known = held.get(counts);
      if (!known) return;
      held.delete(counts);
      forgotten.unregister(counts);
      for (const slot of slots) slot.release(known.id);
    },

    close() {
      closed = true;
      for (const slot of slots) slot.close();
    },
  };
}

function defaultSize(): number {
  return Math.max(2, globalThis.navigator?.hardwareConcurrency ?? 2);
}

function copyOf({ values, nSamples, first = 0 }: Block, from: number, to: number): Block {
  return {
    values: values.slice(from * nSamples, to * nSamples),
    nGenes: to - from,
    nSamples,
    first: first + from,
  };
}
