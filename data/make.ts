/**
 * Remakes the data that ship: `npm run data`. Needs R with the packages HSMMSingleCell and NOISeq (Debian:
 * r-bioc-hsmmsinglecell, r-bioc-noiseq). R writes plain text into a temporary folder; here it becomes
 * Experiment files, whose values are compared with R's bit by bit.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toArrow } from "../src/engine/experiment/to-arrow.ts";
import { hsmm } from "./hsmm/experiment.ts";
import { marioni } from "./marioni/experiment.ts";
import { fromR } from "./support/from-r.ts";
import { gzip } from "./support/gzip.ts";

const path = (name: string) => join(import.meta.dirname, name);
const made: string[] = [];

function write(name: string, content: Uint8Array | string): void {
  writeFileSync(path(name), content);
  made.push(name);
}

write("hsmm/hsmm.arrow.gz", gzip(toArrow(fromR(path("hsmm/make.R"), hsmm))));

const lanes = fromR(path("marioni/make.R"), marioni);
write("marioni/marioni.arrow.gz", gzip(toArrow(lanes.experiment)));
write("marioni/counts.csv", lanes.countsCsv);
write("marioni/samples.csv", lanes.samplesCsv);

const lines = made.toSorted().map((name) => {
  const sum = createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");
  return `${sum}  ${name}\n`;
});
writeFileSync(path("checksums.txt"), lines.join(""));
console.log(lines.join(""));
