import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

/**
 * What the page needs besides its own code: the notebooks and data that ship, and DuckDB's worker and
 * module, the latter gzipped since some static hosts refuse files over 25 MiB.
 */
export function assets(): Plugin {
  let outDir = "dist";
  return {
    name: "engrailed-assets",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async writeBundle() {
      await cp("notebooks", join(outDir, "notebooks"), { recursive: true });
      await cp("data", join(outDir, "data"), {
        recursive: true,
        filter: (path) => !/\.(ts|R)$/.test(path),
      });
      const duckdb = dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
      await mkdir(join(outDir, "duckdb"), { recursive: true });
      await copyFile(
        join(duckdb, "duckdb-browser-eh.worker.js"),
        join(outDir, "duckdb/duckdb-browser-eh.worker.js"),
      );
      await writeFile(
        join(outDir, "duckdb/duckdb-eh.wasm.gz"),
        await gzipped(join(duckdb, "duckdb-eh.wasm")),
      );
    },
  };
}

/** The file gzipped; kept under build/ by its checksum, since it takes ten seconds. */
async function gzipped(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  const key = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const kept = join("build", `${key}.gz`);
  if (existsSync(kept)) return readFile(kept);
  const gz = gzipSync(bytes, { level: 9 });
  await mkdir("build", { recursive: true });
  await writeFile(kept, gz);
  return gz;
}
