import type { Block } from "./block.ts";
import { groupOrder } from "./group-order.ts";
import type { GroupSummaryArgs } from "./group-summary.ts";
import { kernels, type Kernels } from "./index.ts";
import { plainStore, type BlockStore } from "./block-store.ts";

/** What the compiled module exports: see assembly/index.ts. */
interface AssemblyExports {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  release(pointer: number): void;
  groupSummary(
    values: number,
    whole: number,
    nGenes: number,
    nSamples: number,
    order: number,
    starts: number,
    nGroups: number,
    divisors: number,
    priors: number,
    scaled: number,
    mean: number,
    variance: number,
    detected: number,
  ): void;
}

/** The kernels over a store of blocks that some of them can read in place. */
export interface HeldKernels {
  readonly kernels: Kernels;
  readonly store: BlockStore;
}

/** Bytes above which a block stays outside WebAssembly, whose allocator takes pieces of less than 1 GiB. */
const mostBytes = 2 ** 30 - 2 ** 16;

/**
 * The kernels with those replaced that have a twin in WebAssembly, and a store that keeps blocks in its memory so that
 * repeated calls copy nothing. A block that lives elsewhere, or finds no memory, goes to the TypeScript
 * kernel. Results agree to the bit, except on logarithmic scales: there to a relative 1e-12.
 */
export async function withAssembly(bytes: BufferSource): Promise<HeldKernels> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const wasm = instance.exports as unknown as AssemblyExports;

  const store: BlockStore = {
    hold(block) {
      const { values, nGenes, nSamples } = block;
      const pointer = values.byteLength <= mostBytes ? tryAllocate(wasm, values.byteLength) : 0;
      if (pointer === 0) return plainStore.hold(block);
      const whole = values instanceof Int32Array;
      const { length } = values;
      const view = () =>
        whole
          ? new Int32Array(wasm.memory.buffer, pointer, length)
          : new Float64Array(wasm.memory.buffer, pointer, length);
      view().set(values);
      return {
        nGenes,
        nSamples,
        part: (from, to) => ({
          values: view().subarray(from * nSamples, to * nSamples),
          nGenes: to - from,
          nSamples,
        }),
        release: () => wasm.release(pointer),
      };
    },
  };

  function groupSummary(block: Block, args: GroupSummaryArgs) {
    const { values, nGenes, nSamples } = block;
    if (values.buffer !== wasm.memory.buffer) return kernels.groupSummary(block, args);
    // Read before memory can grow: growing detaches the view.
    const at = values.byteOffset;
    const { groups, nGroups, scale } = args;
    if (groups.length !== nSamples)
      throw new RangeError(`groups for ${groups.length} samples, not ${nSamples}`);
    const { order, starts } = groupOrder(groups, nGroups);
    const cells = nGenes * nGroups;
    const needs = cells * 20 + nSamples * 24 + (nGroups + 1) * 4 + nSamples * 4 + 64;
    const scratch = tryAllocate(wasm, needs);
    if (scratch === 0) return kernels.groupSummary(block, args);
    try {
      const { buffer } = wasm.memory;
      const mean = scratch;
      const variance = mean + cells * 8;
      const scaled = variance + cells * 8;
      const divisors = scaled + nSamples * 8;
      const priors = divisors + nSamples * 8;
      const detected = priors + nSamples * 8;
      const orderAt = detected + cells * 4;
      const startsAt = orderAt + nSamples * 4;
      new Int32Array(buffer, orderAt, order.length).set(order);
      new Int32Array(buffer, startsAt, starts.length).set(starts);
      if (scale) new Float64Array(buffer, divisors, nSamples).set(scale.divisors);
      if (scale?.priors) new Float64Array(buffer, priors, nSamples).set(scale.priors);
      wasm.groupSummary(
        at,
        values instanceof Int32Array ? 1 : 0,
        nGenes,
        nSamples,
        orderAt,
        startsAt,
        nGroups,
        scale ? divisors : 0,
        scale?.priors ? priors : 0,
        scaled,
        mean,
        variance,
        detected,
      );
      return {
        mean: new Float64Array(buffer, mean, cells).slice(),
        variance: new Float64Array(buffer, variance, cells).slice(),
        detected: new Int32Array(buffer, detected, cells).slice(),
      };
    } finally {
      wasm.release(scratch);
    }
  }

  return { kernels: { ...kernels, groupSummary }, store };
}

/** Memory in the module, or 0 where there is no more. */
function tryAllocate(wasm: AssemblyExports, bytes: number): number {
  try {
    return wasm.allocate(Math.max(16, bytes)) >>> 0;
  } catch {
    return 0;
  }
}
