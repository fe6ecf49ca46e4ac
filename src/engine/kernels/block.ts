/**
 * A run of genes: the value of gene g in sample s stands at `values[g * nSamples + s]` (gene-major). Counts
 * of an experiment are one block of all genes; a subarray of whole genes is a block again.
 */
export interface Block {
  readonly values: Int32Array | Float64Array;
  readonly nGenes: number;
  readonly nSamples: number;
  /** Which gene of the whole this run starts with, 0 if not said: where its genes stand in arrays of one number a gene. */
  readonly first?: number;
}

/** What a block kernel returns: arrays whose length is a multiple of the block's genes, in gene order. */
export type GeneArrays = Readonly<Record<string, Float64Array | Int32Array>>;

/** The genes [from, to) of a block, sharing its memory. */
export function subBlock(block: Block, from: number, to: number): Block {
  const { values, nSamples, first = 0 } = block;
  return {
    values: values.subarray(from * nSamples, to * nSamples),
    nGenes: to - from,
    nSamples,
    first: first + from,
  };
}
