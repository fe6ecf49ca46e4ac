import { argumentError } from "../../base/errors.ts";
import {
  columnKind,
  column,
  columnNames,
  hasColumn,
  numbers,
  strings,
} from "../../tables/index.ts";
import { reportLine } from "../experiment/report-line.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Transformed } from "./transform-types.ts";

/**
 * Counts by length of gene: "rpkm", counts per thousand bases and million of `sizes`, or "tpm", counts per base in millionths of their sum in the
 * sample (Wagner, Kin & Lynch 2012). `length` names the gene column that holds lengths in bases, all above 0.
 */
export function perLength(
  { counts, genes }: Experiment,
  method: "rpkm" | "tpm",
  length: unknown,
  sizes: Float64Array,
): Transformed {
  if (typeof length !== "string" || !hasColumn(genes, length))
    throw argumentError(`transform: ${method} needs a gene column of lengths: ${String(length)}`, {
      help: `Say {length: column}; the genes have ${columnNames(genes).join(", ")}.`,
    });
  const kind = columnKind(column(genes, length));
  if (kind !== "number" && kind !== "integer")
    throw argumentError(`transform: lengths are not numbers: ${length} holds ${kind} values`);
  const lengths = numbers(genes, length);
  const bad = lengths.findIndex((l) => !(l > 0 && l < Infinity));
  if (bad >= 0)
    throw argumentError(
      `transform: a gene has no length above 0: ${strings(genes, "gene_id")[bad]}`,
      { help: "Leave such genes out with filterGenes first." },
    );
  const { nGenes, nSamples, values } = counts;
  const divisors = sizes.map((size) => size / 1e6);
  if (method === "tpm") {
    divisors.fill(0);
    for (let g = 0, i = 0; g < nGenes; ++g)
      for (let s = 0; s < nSamples; ++s) divisors[s] += (values[i++] * 1e3) / lengths[g] / 1e6;
  }
  const out = new Float64Array(nGenes * nSamples);
  for (let g = 0, i = 0; g < nGenes; ++g)
    for (let s = 0; s < nSamples; ++s, ++i)
      out[i] = values[i] === 0 ? 0 : (values[i] * 1e3) / lengths[g] / divisors[s];
  const words =
    method === "tpm"
      ? "transcripts per million"
      : "reads per kilobase and million of the library size";
  return {
    values: out,
    kind: "abundance",
    lines: [
      reportLine(
        "info",
        "transformed",
        `Values are ${words}, with lengths from column ${length}.`,
        nSamples,
      ),
    ],
  };
}
