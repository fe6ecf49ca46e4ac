import { EngrailedError, toPlain } from "../../base/errors.ts";
import type { CallOptions, Progress } from "../../base/progress.ts";
import type { Table } from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { WorkerPort } from "../pool/index.ts";
import { warmReaders } from "../readers/index.ts";
import { receiveFiles, sendExperiment, sendTable } from "./cross.ts";
import type { FromReader, ToReader, Warm } from "./messages.ts";
import { readHere } from "./read-here.ts";

const beat = 1000;
const between = 50;

/** Answers the engine on `port`, one call at a time; says every second that it is alive, and how far it has come. */
export function serveReading(port: WorkerPort): void {
  const send = (message: FromReader, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);

  async function run({ what, args }: ToReader): Promise<void> {
    const alive = setInterval(() => send({ type: "alive" }), beat);
    try {
      const [result, transfer] = await answer(what, args.map(receiveFiles), {
        onProgress: sparing((progress) => send({ type: "progress", progress })),
      });
      send({ type: "result", result }, transfer);
    } catch (error) {
      send({ type: "failed", error: toPlain(error), trapped: isTrap(error) });
    } finally {
      clearInterval(alive);
    }
  }

  port.addEventListener("message", ({ data }) => {
    const message = data as ToReader | Warm;
    if (message?.type === "read") void run(message);
    else if (message?.type === "warm") warmReaders();
  });
}

/** True for a WebAssembly library that broke off, whatever error was made of that. */
function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof EngrailedError && isTrap(error.details.cause);
}

async function answer(
  what: ToReader["what"],
  args: readonly unknown[],
  call: CallOptions,
): Promise<[unknown, Transferable[]]> {
  const ask = readHere[what] as (...all: unknown[]) => Promise<unknown>;
  const result = await ask(...args, call);
  if (what === "experiment") {
    const { sent, transfer } = sendExperiment(result as Experiment);
    return [sent, transfer];
  }
  if (what === "table") {
    const { sent, transfer } = sendTable(result as Table);
    return [sent, transfer];
  }
  return [result, []];
}

/** At most twenty times a second, but each new label at once. */
function sparing(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = -Infinity;
  let label = "";
  return (progress) => {
    const now = performance.now();
    if (progress.label === label && now - last < between) return;
    last = now;
    label = progress.label;
    tell(progress);
  };
}
