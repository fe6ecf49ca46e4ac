import type { ByteSource } from "../bytes/index.ts";
import type { Kind } from "../experiment/types.ts";

/** One file that holds everything, or files by what they hold; lists are put together. */
export type IntakeSource =
  | ByteSource
  | {
      readonly counts: ByteSource | readonly ByteSource[];
      readonly samples?: ByteSource | readonly ByteSource[];
      readonly genes?: ByteSource | readonly ByteSource[];
      /** Transcripts and their genes, for salmon and kallisto. */
      readonly transcripts?: ByteSource | readonly ByteSource[];
    };

/** How ids of counts and sample sheet are compared: as they are, by the sheet's title column, by the number in them, or with a pattern taken out. */
export type Join = "id" | "title" | "number" | { readonly strip: RegExp | string };

/** What is done with rows of one gene id: refuse, keep the first, keep the one of the largest total, add them. */
export type Duplicates = "error" | "first" | "max" | "sum";

/** The options of `readExperiment`. */
export interface IntakeOptions {
  readonly format?: string;
  readonly kind?: Kind;
  readonly geneId?: string;
  readonly symbol?: string;
  readonly sampleId?: string;
  readonly orientation?: "genes" | "samples";
  readonly sheet?: string | number;
  readonly join?: Join;
  readonly duplicates?: Duplicates;
  readonly reference?: Readonly<Record<string, string>>;
}
