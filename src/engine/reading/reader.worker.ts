import type { WorkerPort } from "../pool/index.ts";
import { serveReading } from "./serve-reading.ts";

/** Entry of a reader worker: reads files for the engine, which can end it at any time. */
export function start(): void {
  serveReading(self as unknown as WorkerPort);
}
