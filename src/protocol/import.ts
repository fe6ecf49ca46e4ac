import type { PlainError } from "../base/errors.ts";
import type { Kind, ReportLine } from "../engine/experiment/types.ts";

export type { Kind, ReportLine };

/** What a file is to an experiment; null leaves it out. */
export type FileRole = "counts" | "samples" | "genes" | "transcripts";

/** A file under the name that the cell will use. */
export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** The first rows of a table as text: names of its first columns, `width` of them in all; null is missing. */
export interface TableHead {
  readonly columns: readonly string[];
  readonly width: number;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What a file was taken for, before it is read. */
export interface InspectedFile {
  readonly format: string | null;
  /** The format in words: "a table (CSV, TSV), gzipped". */
  readonly label: string;
  readonly role: FileRole | null;
  /** Null where there is nothing to be shown of it. */
  readonly head: TableHead | null;
  /** All its column names where it may be a sample sheet. */
  readonly names: readonly string[];
  /** The option `sheet` chooses among what the file holds. */
  readonly sheets: boolean;
  /** Why it can't be read. */
  readonly problem: PlainError | null;
}

/** Files by what they hold. */
export type ImportFiles = Readonly<Record<FileRole, readonly NamedFile[]>>;

/** The options of `readExperiment` that the import panel offers. */
export interface ImportOptions {
  readonly kind?: Kind;
  readonly orientation?: "samples";
  readonly sheet?: string | number;
  readonly sampleId?: string;
  readonly join?: "title" | "number" | { readonly strip: RegExp };
  readonly duplicates?: "first" | "max" | "sum";
  readonly reference?: Readonly<Record<string, string>>;
}

/** A name and what it is compared by; null where nothing is left of it. */
export interface JoinKey {
  readonly id: string;
  readonly key: string | null;
}

/** How the names of counts and sample sheet meet: the first of either side, and who stays alone. */
export interface JoinPreview {
  /** The sheet's column of ids. */
  readonly column: string;
  readonly counts: readonly JoinKey[];
  readonly sheet: readonly JoinKey[];
  readonly matched: number;
  readonly aloneInCounts: readonly string[];
  readonly aloneInSheet: readonly string[];
}

/** The experiment that the files make. */
export interface ImportFound {
  readonly title: string;
  readonly organism: string | null;
  readonly kind: Kind;
  readonly shape: { readonly genes: number; readonly samples: number };
  readonly genes: TableHead;
  readonly samples: TableHead;
  readonly report: readonly ReportLine[];
  /** Sample columns of a few levels, in their order. */
  readonly factors: readonly { readonly name: string; readonly levels: readonly string[] }[];
  /** A gene that differs much between samples, by symbol where it has one. */
  readonly gene: string | null;
}

/** What came of reading the files: an experiment, or why there is none. */
export interface ImportPreview {
  readonly found: ImportFound | null;
  readonly problem: PlainError | null;
  readonly join: JoinPreview | null;
}
