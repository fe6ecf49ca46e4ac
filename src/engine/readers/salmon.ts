import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { readEstimates } from "./quantified/read-estimates.ts";
import type { Reader } from "./types.ts";

/** salmon's quant.sf (transcripts) and quant.genes.sf: one sample a file. */
export const salmonReader: Reader = {
  format: "salmon",
  read: (source, options, call) =>
    readEstimates(
      source,
      {
        format: "salmon",
        id: ["Name"],
        count: "NumReads",
        length: "EffectiveLength",
        tpm: "TPM",
        genes: (_, file) => /genes\.sf(\.gz)?$/i.test(file),
      },
      options,
      call,
    ),
  readSheet: readDelimitedSheet,
};
