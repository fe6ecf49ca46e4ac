import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { format } from "prettier";

/** Writes into notebooks/index.json how many bytes of data each notebook opens: `npx tsx tools/index-notebooks.ts`. */
const root = resolve(import.meta.dirname, "..");
const path = join(root, "notebooks/index.json");
const index = JSON.parse(readFileSync(path, "utf8")) as { path: string; bytes: number }[];
for (const entry of index) {
  const text = readFileSync(join(root, entry.path), "utf8");
  const names = [...text.matchAll(/FileAttachment\("([^"]*)"\)/g)].map((match) => match[1]);
  const files = [...new Set(names)].map((name) => join(root, dirname(entry.path), name));
  entry.bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
}
writeFileSync(path, await format(JSON.stringify(index), { parser: "json", printWidth: 100 }));
