import { readError } from "../../base/errors.ts";
import type { Reader } from "./types.ts";

/** A Matrix Market file by itself, which says neither genes nor samples; with the two other files intake reads the set. */
export const mtxReader: Reader = {
  format: "mtx",
  async read(source) {
    throw readError(`a matrix without genes and barcodes: ${source.name}`, {
      file: source.name,
      expected: "matrix.mtx, barcodes.tsv and features.tsv (or genes.tsv)",
      help: "Give all three: {counts: [matrix, barcodes, features]}, or the folder as a zip or tar archive.",
    });
  },
  async readSheet(source) {
    throw readError(`a sparse matrix is no table: ${source.name}`, {
      file: source.name,
      help: "Open it with readExperiment, together with its barcodes and features.",
    });
  },
};
