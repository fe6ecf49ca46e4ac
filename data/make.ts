/**
 * Remakes the data that ship: `npm run data`. Needs R with the packages HSMMSingleCell, NOISeq, geneLenDataBase and
 * org.Hs.eg.db (Debian: r-bioc-hsmmsinglecell, r-bioc-noiseq, r-bioc-genelendatabase, r-bioc-org.hs.eg.db). R writes plain
 * text into a temporary folder; here it becomes Experiment files, whose values are compared with R's bit by bit. The
 * simulated experiments need R for their gene names only: `npm run data -- simulate` makes them from the tables that ship.
 * `npm run data -- agreement` makes R's results of what ships (Debian: r-bioc-deseq2, r-bioc-edger, r-bioc-limma, r-cran-statmod).
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toArrow } from "../src/engine/experiment/to-arrow.ts";
import { agreement } from "./agreement/agreement.ts";
import { hsmm } from "./hsmm/experiment.ts";
import { marioni } from "./marioni/experiment.ts";
import { simulate } from "./simulate/simulate.ts";
import { fromR } from "./support/from-r.ts";
import { gzip } from "./support/gzip.ts";

const path = (name: string) => join(import.meta.dirname, name);
const write = (name: string, content: Uint8Array | string) => writeFileSync(path(name), content);

const only = ["simulate", "agreement"].find((part) => process.argv.includes(part));
if (!only) {
  write("hsmm/hsmm.arrow.gz", gzip(toArrow(fromR(path("hsmm/make.R"), hsmm))));

  const lanes = fromR(path("marioni/make.R"), marioni);
  write("marioni/marioni.arrow.gz", gzip(toArrow(lanes.experiment)));
  write("marioni/counts.csv", lanes.countsCsv);
  write("marioni/samples.csv", lanes.samplesCsv);

  fromR(path("simulate/make.R"), (folder) => {
    write("simulate/mouse-genes.csv", readFileSync(join(folder, "mouse-genes.csv")));
    write("als/orthologs.csv", readFileSync(join(folder, "orthologs.csv")));
  });
}
if (only !== "agreement")
  for (const { name, bytes } of simulate())
    if (bytes.length < 100_000) write(`als/${name}`, bytes);
    else write(`als/${name}.gz`, gzip(bytes));
if (only !== "simulate")
  for (const { name, csv } of agreement(import.meta.dirname))
    write(`agreement/${name}.csv.gz`, gzip(new TextEncoder().encode(csv)));

const made = [
  "simulate/mouse-genes.csv",
  ...["agreement", "als", "hsmm", "marioni"].flatMap((folder) =>
    readdirSync(path(folder))
      .filter((file) => /\.(gz|csv)$/.test(file))
      .map((file) => `${folder}/${file}`),
  ),
];
const lines = made.toSorted().map((name) => {
  const sum = createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");
  return `${sum}  ${name}\n`;
});
writeFileSync(path("checksums.txt"), lines.join(""));
console.log(lines.join(""));
