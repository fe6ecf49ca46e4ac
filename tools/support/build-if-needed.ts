import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = ["src", "notebooks", "data", "public", "tools/build", "index.html"];
const files = ["vite.config.ts", "package-lock.json"];

/** Builds dist/ where it is missing or older than anything it is made of. */
export async function buildIfNeeded(root: string): Promise<void> {
  const built = newest(join(root, "dist/index.html"));
  const changed = Math.max(...[...sources, ...files].map((name) => newest(join(root, name))));
  if (built >= changed) return;
  process.stderr.write("building dist/\n");
  const { build } = await import("vite");
  await build({ root, configFile: join(root, "vite.config.ts"), logLevel: "error" });
}

/** The latest change below a path, in milliseconds; 0 where there is nothing. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
