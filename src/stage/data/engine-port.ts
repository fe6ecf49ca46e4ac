import { abortError } from "../../base/errors.ts";
import { pause, type Progress } from "../../base/progress.ts";
import type { EngineClient } from "../../protocol/engine.ts";
import { callback, connect, moved } from "../../protocol/ports.ts";
import { decode, encode, type WireFile, type WireHandle } from "../../protocol/wire.ts";
import type { CellContext } from "./context.ts";

/** A value that stands for something in the engine and knows its form on the wire. */
export interface OnWire {
  toWire(): WireHandle | WireFile;
}

/** Calls the engine's operations for cells. */
export interface EnginePort {
  /** Runs an operation; the call stops when the cell's run ends, and the handles made in it are let go then. */
  run(context: CellContext | null, operation: string, ...args: unknown[]): Promise<unknown>;
}

/** Calls answered within this many ms go on at once. */
const brief = 20;

/** `revive` makes the stage's value of a handle that the engine returns. */
export function createEnginePort(
  port: MessagePort,
  revive: (handle: WireHandle, engine: EnginePort) => unknown,
): EnginePort {
  const remote = connect<EngineClient>(port);
  const listeners = new Map<number, (progress: Progress) => void>();
  let next = 1;
  void remote.onProgress(callback((call: number, p: Progress) => listeners.get(call)?.(p)));

  const engine: EnginePort = {
    async run(context, operation, ...given) {
      const signal = context?.signal;
      const args = given.some((arg) => arg instanceof Promise) ? await Promise.all(given) : given;
      if (signal?.aborted) throw abortError();
      const call = next++;
      const transfer: Transferable[] = [];
      const sent = args.map((arg) => encode(arg, toWire, transfer));
      const stop = () => void remote.cancel(call);
      signal?.addEventListener("abort", stop, { once: true });
      if (context) listeners.set(call, context.onProgress);
      try {
        const from = performance.now();
        const result: unknown = await remote.call(operation, moved(sent, transfer), call);
        if (performance.now() - from < brief) return received(result);
        // What took long is often large: taking it in and computing with it are not one block of the page.
        await pause();
        const value = received(result);
        await pause();
        return value;
      } finally {
        signal?.removeEventListener("abort", stop);
        listeners.delete(call);
      }

      function received(result: unknown): unknown {
        return decode(result, (item) => {
          const handle = item as WireHandle;
          if (signal?.aborted) void remote.release(handle.id);
          signal?.addEventListener("abort", () => void remote.release(handle.id), { once: true });
          return revive(handle, engine);
        });
      }
    },
  };
  return engine;
}

function toWire(value: object): unknown {
  const wire = value as Partial<OnWire>;
  if (typeof wire.toWire === "function") return wire.toWire();
  if (typeof File !== "undefined" && value instanceof File)
    return { $: "file", name: value.name, blob: value } satisfies WireFile;
  return undefined;
}
