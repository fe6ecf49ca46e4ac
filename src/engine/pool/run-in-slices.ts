import { pause } from "../../base/progress.ts";
import type { Block, GeneArrays } from "../kernels/block.ts";
import type { HeldBlock } from "../kernels/block-store.ts";

/** How long one slice should take, in ms: a stop waits for one slice, a message for another call too. */
const sliceTime = 20;

/**
 * Runs a block kernel over a block in slices of genes, letting messages in between them, and joins the results.
 * `proceed(done)` is called before each slice and throws to stop.
 */
export async function runInSlices(
  block: HeldBlock,
  kernel: (part: Block) => GeneArrays,
  proceed: (done: number) => void,
): Promise<GeneArrays> {
  const { nGenes, nSamples } = block;
  let out: Record<string, Float64Array | Int32Array> | null = null;
  let size = Math.max(1, Math.floor(50_000 / Math.max(1, nSamples)));
  for (let from = 0; ;) {
    proceed(from);
    const to = Math.min(nGenes, from + size);
    const start = performance.now();
    const part = kernel(block.part(from, to));
    const time = performance.now() - start;
    if (from === 0 && to === nGenes) return part;
    out ??= roomFor(part, to - from, nGenes);
    for (const [name, values] of Object.entries(part))
      out[name].set(values, (out[name].length / nGenes) * from);
    from = to;
    if (from === nGenes) return out;
    size = Math.max(1, Math.floor(size * Math.min(8, Math.max(0.1, sliceTime / (time + 0.01)))));
    await pause();
  }
}

/** Empty arrays for all genes, like those that `nPart` genes gave. */
function roomFor(
  part: GeneArrays,
  nPart: number,
  nGenes: number,
): Record<string, Float64Array | Int32Array> {
  const out: Record<string, Float64Array | Int32Array> = {};
  for (const [name, values] of Object.entries(part)) {
    const each = values.length / nPart;
    if (!Number.isInteger(each)) throw new RangeError(`not a multiple of ${nPart} genes: ${name}`);
    out[name] =
      values instanceof Int32Array
        ? new Int32Array(each * nGenes)
        : new Float64Array(each * nGenes);
  }
  return out;
}
