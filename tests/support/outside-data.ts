import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fromBlob } from "../../src/engine/bytes/index.ts";
import type { ByteSource } from "../../src/engine/bytes/index.ts";

const folder = join(import.meta.dirname, "../../../shared/data");

/** True where the folder of published data lies beside the repository; tests that need it are skipped elsewhere. */
export const hasOutsideData = existsSync(folder);

/** What a skipped test says. */
export const whySkipped = hasOutsideData ? "" : " (skipped: ../shared/data is absent)";

/** Where a file of that folder lies. */
export function outsidePath(path: string): string {
  return join(folder, path);
}

/** A file of that folder as a byte source. */
export function outside(path: string): ByteSource {
  return fromBlob(new Blob([readFileSync(join(folder, path))]), basename(path));
}
