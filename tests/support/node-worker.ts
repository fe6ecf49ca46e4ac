import { Worker } from "node:worker_threads";
import type { WorkerLike } from "../../src/engine/pool/worker-like.ts";

const entry = new URL("./kernel-worker.node.ts", import.meta.url).href;
const source = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(${JSON.stringify(entry)});
});`;

/** A kernel worker on a thread of its own. */
export function nodeWorker(): WorkerLike {
  const worker = new Worker(source, { eval: true });
  return {
    postMessage: (message, transfer) =>
      worker.postMessage(message, transfer as unknown as ArrayBuffer[]),
    addEventListener: (type: string, listener: (event: never) => void) =>
      worker.on(type, (value: unknown) =>
        listener((type === "message" ? { data: value } : value) as never),
      ),
    terminate: () => void worker.terminate(),
  };
}
