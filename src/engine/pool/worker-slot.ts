import { fromPlain, workError } from "../../base/errors.ts";
import type { Block } from "../kernels/block.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { WorkerLike } from "./worker-like.ts";

/** How long a worker may take to hear a stop before it is cut, in ms. */
const grace = 150;

/** One piece of work for one worker. */
export interface Task {
  readonly message: Extract<ToWorker, { type: "run" | "call" | "inflate" }>;
  /** A copy of the block that the task needs, should the worker not hold it. */
  readonly block?: () => Block;
  readonly resolve: (result: object) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: (done: number) => void;
}

interface Entry {
  readonly task: Task;
  started: boolean;
  cancelled: boolean;
}

/**
 * A place for one worker: started when first needed, replaced when it dies or is cut, with the tasks it has
 * and the blocks it holds.
 */
export class WorkerSlot {
  readonly #spawn: () => WorkerLike;
  readonly #entries = new Map<number, Entry>();
  readonly #blocks = new Set<number>();
  #worker: WorkerLike | null = null;

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  /** Tasks under way or waiting. */
  get load(): number {
    return this.#entries.size;
  }

  /** Starts the worker where none runs. */
  warm(): void {
    if (this.#worker === null) this.#open();
  }

  /** Sends a block ahead of its first task. */
  hold(blockId: number, block: () => Block): void {
    if (this.#blocks.has(blockId)) return;
    const copy = block();
    this.#blocks.add(blockId);
    this.#post({ type: "hold", blockId, block: copy }, [copy.values.buffer as ArrayBuffer]);
  }

  release(blockId: number): void {
    if (this.#blocks.delete(blockId)) this.#post({ type: "release", blockId });
  }

  start(task: Task): void {
    this.#entries.set(task.message.id, { task, started: false, cancelled: false });
    try {
      this.#send(task);
    } catch (error) {
      this.#entries.delete(task.message.id);
      task.reject(error as Error);
    }
  }

  /** Stops a task whose caller no longer waits; the worker is cut if it does not hear. */
  cancel(id: number): void {
    const entry = this.#entries.get(id);
    if (!entry || entry.cancelled) return;
    entry.cancelled = true;
    this.#post({ type: "cancel", id });
    const worker = this.#worker;
    setTimeout(() => {
      if (worker === this.#worker && this.#entries.get(id) === entry && this.#isStuckIn(entry))
        this.#cut();
    }, grace);
  }

  close(): void {
    this.#drop();
    for (const { task } of this.#takeEntries()) task.reject(workError("the pool is closed"));
  }

  /** A task that has not started waits for another one, unless all others wait too. */
  #isStuckIn(entry: Entry): boolean {
    if (entry.started && entry.task.message.type === "call") return true;
    const others = [...this.#entries.values()].filter((e) => e !== entry && e.started);
    return entry.started && !others.some((e) => e.task.message.type === "call");
  }

  #send({ message, block }: Task): void {
    if (message.type === "run" && block) this.hold(message.blockId, block);
    this.#post(message);
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    (this.#worker ?? this.#open()).postMessage(message, transfer);
  }

  #open(): WorkerLike {
    const worker = this.#spawn();
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.#worker) this.#receive(data as FromWorker);
    });
    const died = ({ message }: { readonly message?: string }) => {
      if (worker === this.#worker) this.#died(message);
    };
    worker.addEventListener("error", died);
    worker.addEventListener("messageerror", died);
    return worker;
  }

  #receive(message: FromWorker): void {
    const entry = this.#entries.get(message.id);
    if (!entry) return;
    if (message.type === "started") entry.started = true;
    else if (message.type === "progress") {
      if (!entry.cancelled) entry.task.onProgress?.(message.done);
    } else {
      this.#entries.delete(message.id);
      if (message.type === "result") entry.task.resolve(message.result);
      else entry.task.reject(fromPlain(message.error));
    }
  }

  #died(reason: string | undefined): void {
    this.#drop();
    const error = () =>
      workError(`a kernel worker died: ${reason || "no reason given"}`, {
        help: "Run the cell again; if it happens again, the page may be short of memory.",
      });
    for (const { task } of this.#takeEntries()) task.reject(error());
  }

  /** Ends the worker in the middle of a cancelled task; what else it had goes to its successor. */
  #cut(): void {
    this.#drop();
    for (const { task, cancelled } of this.#takeEntries()) if (!cancelled) this.start(task);
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#blocks.clear();
  }

  #takeEntries(): Entry[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries;
  }
}
