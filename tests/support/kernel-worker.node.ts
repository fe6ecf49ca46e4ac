import { parentPort } from "node:worker_threads";
import { withAssembly } from "../../src/engine/kernels/with-assembly.ts";
import { serveKernels } from "../../src/engine/pool/serve-kernels.ts";
import { compileAssembly } from "../../tools/assembly.ts";

const port = parentPort!;
serveKernels(
  {
    postMessage: (message, transfer) =>
      port.postMessage(message, transfer as unknown as ArrayBuffer[]),
    addEventListener: (_type, listener) => port.on("message", (data) => listener({ data })),
  },
  compileAssembly().then(withAssembly),
);
