import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { readEstimates } from "./quantified/read-estimates.ts";
import type { Reader } from "./types.ts";

/** kallisto's abundance.tsv: one sample a file, transcripts summed to genes by a table. */
export const kallistoReader: Reader = {
  format: "kallisto",
  read: (source, options, call) =>
    readEstimates(
      source,
      {
        format: "kallisto",
        id: ["target_id"],
        count: "est_counts",
        length: "eff_length",
        tpm: "tpm",
        genes: () => false,
      },
      options,
      call,
    ),
  readSheet: readDelimitedSheet,
};
