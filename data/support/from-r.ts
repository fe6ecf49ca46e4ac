import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTsv } from "./text-table.ts";

/** Runs an R script that writes plain text into the folder it is given, and hands that folder to `read`. */
export function fromR<T>(script: string, read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "engrailed-data-"));
  try {
    execFileSync("Rscript", ["--vanilla", script, folder], { stdio: "inherit" });
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares the values, gene by gene, with the matrix that R held; returns R's facts about it. */
export function checkWithR(
  folder: string,
  nGenes: number,
  nSamples: number,
  values: Int32Array | Float64Array,
): ReadonlyMap<string, string> {
  const table = readTsv(join(folder, "facts.tsv"));
  const facts = new Map(table.column("fact").map((fact, i) => [fact, table.column("value")[i]]));
  const md5 = createHash("md5")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
  const found = { genes: String(nGenes), samples: String(nSamples), md5 };
  for (const [fact, value] of Object.entries(found))
    if (facts.get(fact) !== value)
      throw new Error(`${folder}: ${fact} is ${value}, but R says ${facts.get(fact)}`);
  return facts;
}
