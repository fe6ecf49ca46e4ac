import { subBlock, type Block } from "./block.ts";

/** A block that stays, of which kernels are given parts. */
export interface HeldBlock {
  readonly nGenes: number;
  readonly nSamples: number;
  /** The genes [from, to); good until the next call that may allocate. */
  part(from: number, to: number): Block;
  release(): void;
}

/** Where a worker keeps its blocks. */
export interface BlockStore {
  hold(block: Block): HeldBlock;
}

/** Keeps blocks as they came. */
export const plainStore: BlockStore = {
  hold: (block) => ({
    nGenes: block.nGenes,
    nSamples: block.nSamples,
    part: (from, to) => subBlock(block, from, to),
    release() {},
  }),
};
