import { abortError, toPlain, workError } from "../../base/errors.ts";
import { pause } from "../../base/progress.ts";
import type { Block, GeneArrays } from "../kernels/block.ts";
import { plainStore, type HeldBlock } from "../kernels/block-store.ts";
import { kernels as plainKernels } from "../kernels/index.ts";
import type { HeldKernels } from "../kernels/with-assembly.ts";
import { inflateMember } from "./inflate-member.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { runInSlices } from "./run-in-slices.ts";
import type { WorkerPort } from "./worker-like.ts";

/**
 * Answers a pool on `port`: keeps the blocks it is sent and runs kernels, block kernels in slices so that several take
 * turns and a stop is heard. `loading` gives the kernels to use; where it fails (no WebAssembly) the
 * TypeScript ones serve.
 */
export function serveKernels(port: WorkerPort, loading?: Promise<HeldKernels>): void {
  const blocks = new Map<number, Use>();
  const waiting = new Set<number>();
  const cancelled = new Set<number>();
  const plain: HeldKernels = { kernels: plainKernels, store: plainStore };
  const ready = loading ? loading.catch(() => plain) : Promise.resolve(plain);
  const send = (message: FromWorker, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);

  async function work(message: Extract<ToWorker, { type: "run" | "call" }>): Promise<void> {
    const { id } = message;
    waiting.add(id);
    let use: Use | null = null;
    try {
      const { kernels } = await ready;
      // Taken at once, so that a release that comes next waits for this task.
      if (message.type === "run") use = useOf(message.blockId);
      await pause();
      throwIfCancelled(id);
      const kernel = Object.hasOwn(kernels, message.kernel) ? kernels[message.kernel] : undefined;
      if (!kernel) throw workError(`no such kernel: ${message.kernel}`);
      send({ type: "started", id });
      const result = use
        ? await runInSlices(
            use.block,
            (part) => (kernel as BlockFunction)(part, message.args),
            (done) => {
              throwIfCancelled(id);
              if (done > 0) send({ type: "progress", id, done });
            },
          )
        : (kernel as WholeFunction)(message.args);
      send({ type: "result", id, result }, buffersOf(result));
    } catch (error) {
      send({ type: "failed", id, error: toPlain(error) });
    } finally {
      waiting.delete(id);
      cancelled.delete(id);
      if (use && message.type === "run") {
        --use.users;
        drop(message.blockId);
      }
    }
  }

  /** Needs no kernel, and so waits for none. */
  async function inflate({
    id,
    member,
    size,
  }: Extract<ToWorker, { type: "inflate" }>): Promise<void> {
    try {
      const content = await inflateMember(new Uint8Array(await member.arrayBuffer()), size);
      send({ type: "result", id, result: { content } }, [content.buffer]);
    } catch (error) {
      send({ type: "failed", id, error: toPlain(error) });
    }
  }

  function throwIfCancelled(id: number): void {
    if (cancelled.has(id)) throw abortError();
  }

  function useOf(blockId: number): Use {
    const use = blocks.get(blockId);
    if (!use) throw workError(`block is not here: ${blockId}`);
    ++use.users;
    return use;
  }

  /** Frees a block that was released, once no task uses it. */
  function drop(blockId: number): void {
    const use = blocks.get(blockId);
    if (!use?.released || use.users > 0) return;
    blocks.delete(blockId);
    use.block.release();
  }

  async function hold(blockId: number, block: Block): Promise<void> {
    const { store } = await ready;
    blocks.set(blockId, { block: store.hold(block), users: 0, released: false });
  }

  async function release(blockId: number): Promise<void> {
    await ready;
    const use = blocks.get(blockId);
    if (use) use.released = true;
    drop(blockId);
  }

  /** Lets the worker die of an error that belongs to no task: the pool hears it and replaces the worker. */
  const die = (error: unknown) =>
    void setTimeout(() => {
      throw error;
    });

  // Holding and releasing wait for the kernels too, so that they keep their order with the tasks.
  port.addEventListener("message", ({ data }) => {
    const message = data as ToWorker;
    if (message.type === "cancel") {
      if (waiting.has(message.id)) cancelled.add(message.id);
    } else if (message.type === "hold") {
      hold(message.blockId, message.block).catch(die);
    } else if (message.type === "release") {
      release(message.blockId).catch(die);
    } else if (message.type === "inflate") void inflate(message);
    else if (message.type === "run" || message.type === "call") void work(message);
  });
}

/** A block, how many tasks use it, and whether it goes when none does. */
interface Use {
  readonly block: HeldBlock;
  users: number;
  released: boolean;
}

type BlockFunction = (block: Block, args: unknown) => GeneArrays;
type WholeFunction = (args: unknown) => object;

/** The buffers of a result's arrays, each once. */
function buffersOf(result: object): Transferable[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(result))
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  return [...buffers];
}
