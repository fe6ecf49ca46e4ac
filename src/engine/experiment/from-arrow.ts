import { EngrailedError, isAbortError, readError } from "../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import {
  columnKind,
  inspectIpc,
  makeTable,
  ownText,
  strings,
  tableFromBytes,
  takeRows,
  type Column,
  type Table,
  type Vector,
} from "../../tables/index.ts";
import { fileVersion, foreignKeys, keys } from "./arrow-format.ts";
import { isAnnotationName, isGeneIdName, isSymbolName } from "./gene-columns.ts";
import { factsOfValues, kindOfValues } from "./kind-of-values.ts";
import { makeExperiment } from "./make-experiment.ts";
import { fromPieces, type Piece } from "./from-pieces.ts";
import { firstFew, plural, reportLine } from "./report-line.ts";
import { sampleTable } from "./sample-annotations.ts";
import { columnsToRows } from "./transpose.ts";
import type { Counts, Experiment, Kind, ReportLine } from "./types.ts";

/** An Arrow file taken apart: `kind` is null where the file does not say (a bare table). */
export interface ArrowParts {
  readonly title: string;
  readonly organism: string | null;
  readonly kind: Kind | null;
  readonly counts: Counts;
  readonly genes: Table;
  readonly samples: Table;
  readonly report: readonly ReportLine[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a bare table leaves open: which columns hold ids and symbols. */
export interface ArrowOptions extends CallOptions {
  readonly file?: string;
  readonly geneId?: string;
  readonly symbol?: string;
  /** Reads the values as this kind, whatever the file says. */
  readonly kind?: Kind;
  /**
   * The whole content in pieces, where the bytes hold only the first and the last of them: sample columns are then taken
   * from here, and never lie in one buffer. For Experiment files; others end in an error.
   */
  readonly pieces?: readonly Piece[];
}

/**
 * The experiment of an Experiment file, checked. A wide Arrow table from elsewhere (an id column and numeric columns) is
 * taken too, its kind decided by its values, and the report says so. Errors are ReadErrors that name the file.
 */
export async function fromArrow(
  bytes: Uint8Array,
  options: ArrowOptions = {},
): Promise<Experiment> {
  const parts = await arrowParts(bytes, options);
  try {
    return makeExperiment({
      ...parts,
      kind: options.kind ?? parts.kind ?? kindOfValues(factsOfValues(parts.counts.values)).kind,
    });
  } catch (error) {
    if (!(error instanceof EngrailedError)) throw error;
    throw readError(error.message, { ...error.details, file: options.file ?? "arrow" });
  }
}

/**
 * Takes an Arrow IPC file or stream apart without checking ids and values beyond what reading needs: sample columns
 * become one gene-major array (Int32Array where the file says counts, or says nothing and all are integers). Refuses,
 * each with a ReadError: bytes that are not Arrow or end too early, compressed buffers, a file version from the future,
 * missing values and sample columns that are no plain numbers.
 */
export async function arrowParts(
  bytes: Uint8Array,
  options: ArrowOptions = {},
): Promise<ArrowParts> {
  const file = options.file ?? "arrow";
  try {
    return await takeApart(bytes, options);
  } catch (error) {
    if (isAbortError(error)) throw error;
    if (!(error instanceof EngrailedError))
      throw readError(`broken arrow file: ${file}`, {
        file,
        offset: 0,
        expected: "columns of text, numbers and true or false",
        cause: error,
      });
    if (error.name === "ReadError") throw error;
    throw readError(error.message, { ...error.details, file });
  }
}

async function takeApart(
  bytes: Uint8Array,
  { file = "arrow", geneId, symbol, kind: asked, pieces, signal, onProgress }: ArrowOptions = {},
): Promise<ArrowParts> {
  const table = openTable(bytes, file);
  throwIfAborted(signal);
  const { fields } = table.schema;
  const about = table.schema.metadata;
  const version = about.get(keys.version);
  if (version !== undefined && !(Number(version) <= fileVersion))
    throw readError(`experiment file of a later version: ${version}`, {
      file,
      expected: `version ${fileVersion}`,
      help: "Reload the page to get the newest Engrailed.",
    });
  const ours = version !== undefined || fields.some((f) => f.metadata.has(keys.role));
  if (pieces !== undefined && (!ours || table.batches.length !== 1))
    throw readError(`not an experiment file in pieces: ${file}`, { file });
  const roles = ours ? ownRoles(table, file) : bareRoles(table, file, geneId);
  const ids = roles.samples.map((j) => fields[j].name);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw readError(`two samples have one name: ${twice}`, { file });
  const kind = kindOf(about.get(keys.kind), ours, file);
  if (table.numRows === 0) throw readError(`no genes: ${file}`, { file, expected: "rows" });
  if (pieces !== undefined) checkFirst(table, roles.genes, bytes, pieces, file);
  const stored: Stored = (view) => (pieces === undefined ? view : fromPieces(view, bytes, pieces));
  const values = await readValues(table, roles.samples, asked ?? kind, file, stored, {
    signal,
    onProgress,
  });
  const metadata: Record<string, string> = {};
  for (const [key, value] of about)
    if (!key.startsWith("engrailed.") && !foreignKeys.includes(key)) metadata[key] = value;
  const report: ReportLine[] = [];
  if (!ours)
    report.push(
      reportLine(
        "info",
        "bare-arrow-table",
        `${file} has no experiment metadata: its ${plural(ids.length, "numeric column")} were taken as samples (${firstFew(ids)}), ${roles.geneId} as gene ids.`,
        ids.length,
        ids[0],
      ),
    );
  return {
    title: about.get(keys.title) ?? "",
    organism: about.get(keys.organism) ?? null,
    kind,
    counts: { nGenes: table.numRows, nSamples: ids.length, values },
    genes: geneTable(table, roles, symbol),
    samples: sampleTable(
      ids,
      roles.samples.map((j) => fields[j].metadata),
      about.get(keys.samples),
      file,
    ),
    report,
    metadata,
  };
}

/** Gene columns must lie in the first piece: the bytes hold nothing of the next. */
function checkFirst(
  table: Table,
  genes: readonly number[],
  bytes: Uint8Array,
  [first]: readonly Piece[],
  file: string,
): void {
  for (const j of genes)
    for (const { buffers } of table.getChildAt(j)!.data)
      for (const buffer of Object.values(buffers) as (ArrayBufferView | null | undefined)[])
        if (
          buffer &&
          buffer.buffer === bytes.buffer &&
          buffer.byteOffset + buffer.byteLength > bytes.byteOffset + first.content.length
        )
          throw readError(`gene columns go beyond the first piece: ${file}`, { file });
}

function openTable(bytes: Uint8Array, file: string): Table {
  const facts = inspectIpc(bytes);
  if (facts === null)
    throw readError(`not an arrow file: ${file}`, {
      file,
      offset: 0,
      expected: "an Arrow IPC file or stream",
      help: "Feather version 1 files must be written again as version 2.",
    });
  if (facts.compression !== null)
    throw readError(`arrow file with compressed buffers: ${facts.compression}`, {
      file,
      expected: "buffers without compression",
      help: 'Write it with compression = "uncompressed" (write_feather in R or Python) and gzip the file instead.',
    });
  const broken = (offset: number, cause?: unknown) =>
    readError(`broken arrow file: ${file}`, {
      file,
      offset,
      expected: offset >= bytes.length ? "more bytes: it ends too early" : "an Arrow message",
      help: "The file was damaged or only partly copied: get it again.",
      cause,
    });
  if (facts.brokenAt !== null) throw broken(facts.brokenAt);
  try {
    return tableFromBytes(bytes.subarray(facts.from, facts.to));
  } catch (cause) {
    throw broken(0, cause);
  }
}

interface Roles {
  readonly genes: readonly number[];
  readonly samples: readonly number[];
  readonly geneId: string;
}

function ownRoles(table: Table, file: string): Roles {
  const { fields } = table.schema;
  const isSample = fields.map((f) => f.metadata.get(keys.role) === keys.sample);
  const genes = fields.flatMap((_, j) => (isSample[j] ? [] : [j]));
  const samples = fields.flatMap((_, j) => (isSample[j] ? [j] : []));
  if (samples.length === 0)
    throw readError(`no sample columns: ${file}`, {
      file,
      expected: `fields with metadata ${keys.role} = ${keys.sample}`,
    });
  if (genes.length === 0 || fields[genes[0]].name !== "gene_id")
    throw readError(`the first gene column is not gene_id: ${fields[genes[0]]?.name ?? "none"}`, {
      file,
      expected: "gene_id",
    });
  return { genes, samples, geneId: "gene_id" };
}

function bareRoles(table: Table, file: string, wanted?: string): Roles {
  const { fields } = table.schema;
  const names = fields.map((f) => f.name);
  const numeric = fields.map((_, j) =>
    ["number", "integer"].includes(columnKind(table.getChildAt(j)!)),
  );
  const text = fields.map((_, j) =>
    ["string", "factor"].includes(columnKind(table.getChildAt(j)!)),
  );
  if (wanted !== undefined && !names.includes(wanted))
    throw readError(`no such column: ${wanted}`, {
      file,
      help: `Columns are ${firstFew(names, 20)}.`,
    });
  const id =
    wanted ??
    names.find((name) => plain(name) === "gene_id") ??
    names.find((name, j) => text[j] && isGeneIdName(name)) ??
    names.find((name, j) => text[j] && isSymbolName(name)) ??
    names.find((name) => isGeneIdName(name)) ??
    names.find((_, j) => text[j]);
  const samples = names.flatMap((name, j) =>
    numeric[j] && name !== id && !isAnnotationName(name) && !name.startsWith("__index_level_")
      ? [j]
      : [],
  );
  if (id === undefined || samples.length === 0)
    throw readError(`not an experiment: ${file}`, {
      file,
      expected: `an Experiment file (${keys.version}, fields with ${keys.role}) or a table of gene_id and numeric columns`,
      help: `It has ${samples.length === 0 ? "no numeric columns for samples" : "no text column for gene ids"}: ${firstFew(names, 10)}.`,
    });
  const rest = names.flatMap((name, j) => (samples.includes(j) || name === id ? [] : [j]));
  return { genes: [names.indexOf(id), ...rest], samples, geneId: id };
}

function plain(name: string): string {
  return name.toLowerCase();
}

function kindOf(text: string | undefined, ours: boolean, file: string): Kind | null {
  if (text === "counts" || text === "abundance" || text === "log") return text;
  if (text === undefined && !ours) return null;
  throw readError(`invalid ${keys.kind}: ${text ?? "missing"}`, {
    file,
    expected: "counts, abundance or log",
  });
}

function geneTable(table: Table, roles: Roles, symbol?: string): Table {
  const { fields } = table.schema;
  const usable = roles.genes.filter(
    (j, i) => i === 0 || columnKind(table.getChildAt(j)!) !== "other",
  );
  const all = Int32Array.from({ length: table.numRows }, (_, i) => i);
  const named = fields.some((f) => f.name === "symbol") && symbol === undefined;
  const seen = new Set<string>(["gene_id"]);
  const columns: [string, Column][] = [];
  const described = table.selectAt(usable);
  usable.forEach((j, i) => {
    const { name: given } = fields[j];
    const part = described.selectAt([i]);
    if (i === 0)
      return columns.push(["gene_id", ownText(part.getChildAt(0)!, () => strings(part, given))]);
    const isSymbol = symbol === undefined ? !named && isSymbolName(given) : given === symbol;
    const name = isSymbol && !seen.has("symbol") ? "symbol" : given;
    if (seen.has(name)) return;
    seen.add(name);
    columns.push([
      name,
      columnKind(part.getChildAt(0)!) === "string"
        ? ownText(part.getChildAt(0)!, () => strings(part, given))
        : takeRows(part, all).getChildAt(0)!,
    ]);
  });
  return makeTable(columns);
}

/** Where a view of the bytes has its values. */
type Stored = (view: ArrayLike<number>) => ArrayLike<number>;

async function readValues(
  table: Table,
  samples: readonly number[],
  kind: Kind | null,
  file: string,
  stored: Stored,
  options: CallOptions,
): Promise<Int32Array | Float64Array> {
  const vectors = samples.map((j) => table.getChildAt(j)!);
  const names = samples.map((j) => table.schema.fields[j].name);
  vectors.forEach((vector, s) => checkColumn(vector, names[s], file));
  const whole =
    kind === "counts" || (kind === null && vectors.every((v) => columnKind(v) === "integer"));
  const n = table.numRows * samples.length;
  const out = whole ? new Int32Array(n) : new Float64Array(n);
  let first = 0;
  for (let chunk = 0; chunk < vectors[0].data.length; ++chunk) {
    const length = vectors[0].data[chunk].length;
    const columns: ArrayLike<number>[] = [];
    for (const [s, vector] of vectors.entries()) {
      const data = vector.data[chunk];
      if (data === undefined || data.length !== length || data.values.length < length)
        throw readError(`column is shorter than its table: ${names[s]}`, { file });
      columns.push(plainNumbers(stored(data.values), length, whole, names[s], first, file));
      if (s % 64 === 63) {
        await pause();
        throwIfAborted(options.signal);
      }
    }
    await columnsToRows(columns, out, first, length, options);
    first += length;
  }
  return out;
}

function checkColumn(vector: Vector, name: string, file: string): void {
  const kind = columnKind(vector);
  const half = vector.data[0]?.values instanceof Uint16Array && kind === "number";
  if (half || (kind !== "number" && kind !== "integer") || String(vector.type).startsWith("Dec"))
    throw readError(`sample column is not of plain numbers: ${name}`, {
      file,
      expected: "int32 or float64",
      help: `It holds ${String(vector.type)}.`,
    });
  if (vector.nullCount > 0) {
    let row = 0;
    while (row < vector.length && vector.isValid(row)) ++row;
    throw readError(`missing value in sample ${name}: row ${row + 1}`, {
      file,
      expected: "a number",
      help: "An experiment has no missing values: drop the gene, or write 0 where nothing was counted.",
    });
  }
}

/** The values as numbers that fit their target; only what is neither int32 nor float64 is copied. */
function plainNumbers(
  values: ArrayLike<number | bigint>,
  length: number,
  whole: boolean,
  name: string,
  firstRow: number,
  file: string,
): ArrayLike<number> {
  if (values instanceof Int32Array || values instanceof Uint8Array || values instanceof Int8Array)
    return values;
  if (!whole && !(values instanceof BigInt64Array) && !(values instanceof BigUint64Array))
    return values as ArrayLike<number>;
  const out = whole ? new Int32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; ++i) {
    const value = Number(values[i]);
    out[i] = value;
    if (out[i] !== value || (whole && value < 0))
      throw readError(`not a count in sample ${name}: ${String(values[i])}`, {
        file,
        expected: "a whole number from 0 to 2147483647",
        help: `Row ${firstRow + i + 1}. Values that are no counts need ${keys.kind} abundance or log.`,
      });
  }
  return out;
}
