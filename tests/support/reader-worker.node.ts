import { parentPort } from "node:worker_threads";
import { serveReading } from "../../src/engine/reading/serve-reading.ts";

const port = parentPort!;
serveReading({
  postMessage: (message, transfer) =>
    port.postMessage(message, transfer as unknown as ArrayBuffer[]),
  addEventListener: (_type, listener) => port.on("message", (data) => listener({ data })),
});
