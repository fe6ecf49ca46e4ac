import { readError } from "../../../base/errors.ts";
import { plural } from "../../experiment/report-line.ts";

/** Values beyond which an experiment, which holds all of them, would not fit a browser's memory: 1 GiB of int32. */
const mostValues = 2 ** 28;

/** Refuses a sparse matrix that would be too large when written out, before any memory is taken for it. */
export function checkDenseSize(nGenes: number, nSamples: number, file: string): void {
  if (nGenes * nSamples <= mostValues) return;
  throw readError(
    `too large to hold: ${plural(nGenes, "gene")} x ${plural(nSamples, "sample")} in ${file}`,
    {
      file,
      expected: `at most ${mostValues.toLocaleString("en")} values`,
      help: "Take the filtered matrix (cells, not all barcodes), or sum cells to samples before.",
    },
  );
}
