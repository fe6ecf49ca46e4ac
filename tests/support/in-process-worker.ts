import type { HeldKernels } from "../../src/engine/kernels/with-assembly.ts";
import { serveKernels } from "../../src/engine/pool/serve-kernels.ts";
import type { WorkerLike, WorkerPort } from "../../src/engine/pool/worker-like.ts";

/** A kernel worker on this thread: messages are cloned and queued as for a real one. */
export function inProcessWorker(loading?: () => Promise<HeldKernels>): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  serveKernels(port2 as unknown as WorkerPort, loading?.());
  port1.start();
  port2.start();
  return {
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    addEventListener: (type: string, listener: (event: never) => void) =>
      port1.addEventListener(type, listener as unknown as EventListener),
    terminate: () => port1.close(),
  };
}
