import { base64 } from "virtual:kernels-wasm";
import { withAssembly } from "../kernels/with-assembly.ts";
import { serveKernels } from "./serve-kernels.ts";
import type { WorkerPort } from "./worker-like.ts";

/** Entry of a kernel worker: answers the pool that started it. */
export function start(): void {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  serveKernels(self as unknown as WorkerPort, withAssembly(bytes));
}
