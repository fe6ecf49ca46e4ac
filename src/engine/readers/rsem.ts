import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { readEstimates } from "./quantified/read-estimates.ts";
import type { Reader } from "./types.ts";

/** RSEM's .genes.results and .isoforms.results (which name their genes): one sample a file. */
export const rsemReader: Reader = {
  format: "rsem",
  read: (source, options, call) =>
    readEstimates(
      source,
      {
        format: "rsem",
        id: ["gene_id"],
        count: "expected_count",
        length: "effective_length",
        tpm: "TPM",
        genes: () => true,
      },
      options,
      call,
    ),
  readSheet: readDelimitedSheet,
};
