import { join, resolve } from "node:path";
import { buildIfNeeded } from "./support/build-if-needed.ts";
import { parseArguments, usage, type RunArguments } from "./support/notebook-arguments.ts";
import { notebookRunner } from "./support/notebook-runner.ts";

/**
 * Runs a notebook without a window: opens it in Chromium with every network but this script's own server
 * denied, waits until every cell has settled, and writes what the cells showed and the values asked for.
 */
const root = resolve(import.meta.dirname, "..");

async function main(args: RunArguments): Promise<number> {
  await buildIfNeeded(root);
  const runner = await notebookRunner({
    dist: join(root, "dist"),
    say: (line) => process.stderr.write(`${line}\n`),
    tell: (line) => process.stdout.write(`${line}\n`),
  });
  try {
    return await runner.run(args);
  } finally {
    await runner.close();
  }
}

const args = parseArguments(process.argv.slice(2));
if (typeof args === "string") {
  process.stderr.write(`${args}\n${usage}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await main(args).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
}
