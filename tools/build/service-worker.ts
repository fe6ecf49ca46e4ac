import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { InlineConfig, Plugin } from "vite";
import { buildScript } from "./realms.ts";

interface KeptFile {
  readonly path: string;
  readonly size: number;
  readonly hash: string;
}

/** What is kept when it is first fetched, and not before; the list of notebooks belongs to the page. */
const rest = /^(notebooks|data|duckdb)\/(?!index\.json$)/;

/** What nobody needs without a network. */
const unkept = new Set(["service-worker.js", "licences.txt", "screenshot.png"]);

/**
 * Writes dist/service-worker.js: the list of the files of this build, with their checksums, before the worker's
 * own code. Runs after everything else has been written.
 */
export function serviceWorker(shared: InlineConfig): Plugin {
  let outDir = "dist";
  return {
    name: "engrailed-service-worker",
    enforce: "post",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    writeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        const files = await Promise.all(
          (await list(outDir)).map((path) => described(outDir, path)),
        );
        const shipped = files.filter(({ path }) => !unkept.has(path));
        const shell = shipped.filter(({ path }) => !rest.test(path));
        const version = createHash("sha256")
          .update(shell.map(({ path, hash }) => `${path} ${hash}`).join("\n"))
          .digest("hex")
          .slice(0, 16);
        const precache = {
          version,
          shell,
          rest: shipped.filter(({ path }) => rest.test(path) && !/\.(md|txt)$/.test(path)),
        };
        const code = await buildScript("src/shell/service-worker.ts", shared);
        await writeFile(
          join(outDir, "service-worker.js"),
          `self.__PRECACHE = ${JSON.stringify(precache)};\n${code}\n`,
        );
      },
    },
  };
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

async function described(folder: string, path: string): Promise<KeptFile> {
  const bytes = await readFile(join(folder, path));
  return {
    path,
    size: bytes.length,
    hash: createHash("sha256").update(bytes).digest("hex"),
  };
}
