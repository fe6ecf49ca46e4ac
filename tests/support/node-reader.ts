import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "vite";
import type { WorkerLike } from "../../src/engine/pool/worker-like.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the reader worker for Node; what it returns starts one on a thread of its own. */
export async function nodeReader(): Promise<() => WorkerLike> {
  const outDir = mkdtempSync(join(root, "node_modules/.reader-"));
  process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
  await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    build: {
      ssr: join(root, "tests/support/reader-worker.node.ts"),
      outDir,
      rolldownOptions: { output: { entryFileNames: "reader.mjs" } },
    },
  });
  const entry = pathToFileURL(join(outDir, "reader.mjs"));
  return () => {
    const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    return {
      postMessage: (message, transfer) =>
        worker.postMessage(message, transfer as unknown as ArrayBuffer[]),
      addEventListener: (type: string, listener: (event: never) => void) =>
        worker.on(type, (value: unknown) =>
          listener((type === "message" ? { data: value } : value) as never),
        ),
      terminate: () => void worker.terminate(),
    };
  };
}
