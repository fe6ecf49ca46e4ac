import type { PlainError } from "../../base/errors.ts";
import type { Block } from "../kernels/block.ts";
import type { Kernels } from "../kernels/index.ts";

/** Kernels that work gene by gene on a block, and those that do one whole task. */
export type BlockKernel = {
  [K in keyof Kernels]: Parameters<Kernels[K]> extends [Block, unknown, ...unknown[]] ? K : never;
}[keyof Kernels];
export type WholeKernel = Exclude<keyof Kernels, BlockKernel>;

export type BlockArgs<K extends BlockKernel> = Parameters<Kernels[K]>[1];
export type WholeArgs<K extends WholeKernel> = Parameters<Kernels[K]>[0];
export type KernelResult<K extends keyof Kernels> = ReturnType<Kernels[K]>;

/** What a worker is told. Blocks and tasks go by numbers that the pool gives out. */
export type ToWorker =
  | { readonly type: "hold"; readonly blockId: number; readonly block: Block }
  | { readonly type: "release"; readonly blockId: number }
  | {
      readonly type: "run";
      readonly id: number;
      readonly kernel: BlockKernel;
      readonly blockId: number;
      readonly args: unknown;
    }
  | {
      readonly type: "call";
      readonly id: number;
      readonly kernel: WholeKernel;
      readonly args: unknown;
    }
  | {
      readonly type: "inflate";
      readonly id: number;
      readonly member: Blob;
      readonly size: number;
    }
  | { readonly type: "cancel"; readonly id: number };

/** What a worker answers; `done` counts genes. */
export type FromWorker =
  | { readonly type: "started"; readonly id: number }
  | { readonly type: "progress"; readonly id: number; readonly done: number }
  | { readonly type: "result"; readonly id: number; readonly result: object }
  | { readonly type: "failed"; readonly id: number; readonly error: PlainError };
