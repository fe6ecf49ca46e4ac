/** Version of the Experiment file that is written; files of a higher one are refused. */
export const fileVersion = 1;

/** Metadata keys of the Experiment file. */
export const keys = {
  version: "engrailed.version",
  title: "engrailed.title",
  organism: "engrailed.organism",
  kind: "engrailed.kind",
  samples: "engrailed.samples",
  role: "engrailed.role",
  sample: "sample",
} as const;

/** One entry of `engrailed.samples`: a sample column, in order. */
export interface SampleColumn {
  readonly name: string;
  readonly type: "string" | "number" | "boolean" | "factor";
  readonly levels?: readonly string[];
}

/** Schema metadata of other programs, which says nothing about the experiment. */
export const foreignKeys: readonly string[] = ["pandas", "r", "ARROW:schema", "huggingface"];
