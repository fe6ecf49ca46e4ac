export { createPool, type Pool, type PoolCallOptions, type PoolOptions } from "./create-pool.ts";
export type { BlockArgs, BlockKernel, KernelResult, WholeArgs, WholeKernel } from "./messages.ts";
export type { WorkerLike } from "./worker-like.ts";
