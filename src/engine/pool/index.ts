export type { Block } from "../kernels/block.ts";
export type { Scale } from "../kernels/scale.ts";
export type { BlockCorrelation, SampleVariance } from "../kernels/whitening.ts";
export type { Distance } from "../kernels/pairwise-distances.ts";
export type { Linkage } from "../kernels/nearest-neighbour-chain.ts";
export { createPool, type Pool, type PoolCallOptions, type PoolOptions } from "./create-pool.ts";
export type { BlockArgs, BlockKernel, KernelResult, WholeArgs, WholeKernel } from "./messages.ts";
export type { WorkerLike, WorkerPort } from "./worker-like.ts";
