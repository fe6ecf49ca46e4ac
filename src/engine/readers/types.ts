import type { CallOptions } from "../../base/progress.ts";
import type { Column, Table } from "../../tables/index.ts";
import type { ByteSource, ReadCall } from "../bytes/types.ts";
import type { Counts, Kind, ReportLine } from "../experiment/types.ts";
import type { ValueFacts } from "../experiment/kind-of-values.ts";

/** What a reader is told about a file beforehand. */
export interface ReadOptions {
  /** Names of the columns that hold gene ids, symbols and (rows being samples) sample ids. */
  readonly geneId?: string;
  readonly symbol?: string;
  readonly sampleId?: string;
  /** What the rows are; genes where nothing is said. */
  readonly orientation?: "genes" | "samples";
  readonly kind?: Kind;
  /** Which sheet of a workbook, layer of an h5ad file, genome of a 10x file or strand of a STAR file is read. */
  readonly sheet?: string | number;
  /** Table of transcripts and their genes, for quantifiers of transcripts. */
  readonly transcripts?: Sheet | null;
  /** Ids of the sample sheet: a column of such a name is a sample, whatever else it looks like. */
  readonly sampleIds?: ReadonlySet<string>;
  /** Genes of a file read before, which this one most likely repeats: the same Table is taken then. */
  readonly like?: { readonly genes: Table; readonly ids: readonly string[] };
}

/** A cell of a text file: 1-based line and field number, and what stands there. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What a reader makes of a counts file: not yet checked for unique ids, kind null where the file does not say. */
export interface ReadParts {
  readonly file: string;
  readonly format: string;
  readonly title: string;
  readonly organism: string | null;
  readonly kind: Kind | null;
  readonly counts: Counts;
  readonly genes: Table;
  readonly samples: Table;
  readonly report: readonly ReportLine[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where known while reading: what the values are like, and where the first odd ones stand. */
  readonly facts: ValueFacts | null;
  readonly firstFractional: Place | null;
  readonly firstNegative: Place | null;
  /** Line of each gene's row in a text file whose rows are genes. */
  readonly lines: Int32Array | null;
  /** Effective length of each gene in bases, where a quantifier measured it in this one sample. */
  readonly lengths?: Float64Array | null;
}

/** A table as read: typed columns, and each column's text as it stood in the file. */
export interface Sheet {
  readonly file: string;
  readonly names: readonly string[];
  readonly nRows: number;
  /** The column as text exactly as written ("007" stays "007"); null where missing. */
  text(name: string): (string | null)[];
  /** The column with the type that its values have. */
  typed(name: string): Column;
  /** 1-based line of a row in a text file, else null. */
  line(row: number): number | null;
}

/** One file format. */
export interface Reader {
  readonly format: string;
  /** True where the option `sheet` chooses among what a file holds. */
  readonly sheets?: true;
  read(source: ByteSource, options: ReadOptions, call?: ReadCall): Promise<ReadParts>;
  readSheet(source: ByteSource, call?: CallOptions, options?: SheetOptions): Promise<Sheet>;
}

/** Which table of a file that holds several. */
export interface SheetOptions {
  readonly sheet?: string | number;
}

/** A format in the registry: told by its first bytes (inflated), loaded when first needed. */
export interface ReaderEntry {
  readonly format: string;
  /** What the format is called in messages. */
  readonly label: string;
  detect(head: Uint8Array, name: string): boolean;
  load(): Promise<Reader>;
}
