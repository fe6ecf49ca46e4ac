import type { Table } from "../../tables/index.ts";

/** What the values are: raw integer counts, non-negative abundances (FPKM, TPM), or log-scale intensities. */
export type Kind = "counts" | "abundance" | "log";

/**
 * genes x samples, gene-major: the value of gene g in sample s stands at `values[g * nSamples + s]`, so a
 * block of genes is one subarray and work splits by slicing. Int32Array for kind "counts", else
 * Float64Array. There are no missing values: readers refuse them.
 */
export interface Counts {
  readonly nGenes: number;
  readonly nSamples: number;
  readonly values: Int32Array | Float64Array;
}

/** One thing noticed while an experiment was read: `n` is how many, `example` names one. */
export interface ReportLine {
  readonly level: "info" | "warning" | "error";
  readonly code: string;
  readonly message: string;
  readonly n: number;
  readonly example: string | null;
}

/**
 * Counts with what their rows and columns are (SummarizedExperiment). Made only by `makeExperiment`, which
 * checks it once; trusted afterwards. `genes` has key `gene_id` (utf8, unique, non-null) first and may have
 * `symbol`; `samples` has key `sample_id` first. A sample column that is a factor is a Dictionary<Utf8>
 * column whose dictionary is the levels in their stated order.
 */
export interface Experiment {
  readonly title: string;
  readonly organism: string | null;
  readonly kind: Kind;
  readonly counts: Counts;
  readonly genes: Table;
  readonly samples: Table;
  readonly report: readonly ReportLine[];
  /** Free metadata of the file: source, licence, simulated and the like. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What an experiment is made of, before it is checked. */
export interface ExperimentParts {
  readonly title?: string;
  readonly organism?: string | null;
  readonly kind: Kind;
  /** `values` may be a Float64Array of integers for kind "counts": it becomes an Int32Array. */
  readonly counts: Counts;
  readonly genes: Table;
  readonly samples: Table;
  readonly report?: readonly ReportLine[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Which rows: {column: value | [values]}, all of them to hold; null means missing. */
export type Where = Readonly<Record<string, WhereValue | readonly WhereValue[]>>;
export type WhereValue = string | number | boolean | null;

/** Rows by index (Int32Array or number[], in that order), by mask (Uint8Array or boolean[], one a row) or by `Where`. */
export type Selection = Int32Array | Uint8Array | readonly number[] | readonly boolean[] | Where;
