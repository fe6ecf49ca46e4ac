import { EngrailedError, isAbortError, readError } from "../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import {
  column,
  columnNames,
  columnOf,
  float64,
  int32,
  makeTable,
  strings,
  tableToBytes,
  type Column,
  type Table,
} from "../../tables/index.ts";
import type { ByteSource } from "../bytes/index.ts";
import { arrowParts } from "../experiment/from-arrow.ts";
import { checkPages } from "./parquet/check-pages.ts";
import { longColumns, longParts } from "./long-table.ts";
import type { Reader } from "./types.ts";

/** Parquet: wide tables of counts, and long ones of gene, sample and value. */
export const parquetReader: Reader = {
  format: "parquet",
  async read(source, options, call = {}) {
    const table = await readParquetTable(source, call);
    const long = longColumns(table, options);
    if (long !== null) return longParts(table, long, source.name, "parquet");
    const { geneId, symbol, kind, orientation } = options;
    if (orientation === "samples")
      throw readError(`rows of a parquet file must be genes: ${source.name}`, {
        file: source.name,
        help: "Turn the table before writing it, or write it as CSV.",
      });
    const parts = await arrowParts(tableToBytes(table, "file"), {
      file: source.name,
      geneId,
      symbol,
      kind,
      ...call,
    });
    return {
      file: source.name,
      format: "parquet",
      ...parts,
      report: parts.report.filter((line) => line.code !== "bare-arrow-table"),
      facts: null,
      firstFractional: null,
      firstNegative: null,
      lines: null,
    };
  },
  async readSheet(source, call = {}) {
    const table = await readParquetTable(source, call);
    return {
      file: source.name,
      names: columnNames(table),
      nRows: table.numRows,
      text: (name) => strings(table, name),
      typed: (name) => column(table, name),
      line: () => null,
    };
  },
};

const mostValues = 2 ** 28;
const mostPage = 2 ** 30;
/** Columns that are read at once. */
const batch = 32;

/**
 * A Parquet file as a table: integers of 32 bits int32, other numbers float64, true and false bool, dates and times ISO
 * text; missing is null. Columns of lists and records are a ReadError. Read with hyparquet, a row group and some columns at a time.
 */
async function readParquetTable(source: ByteSource, call: CallOptions): Promise<Table> {
  const file = source.name;
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const buffer = {
    byteLength: source.size,
    // The library fetches several parts ahead and waits for the first that fails: the others' failures are told by it.
    slice(start: number, end = source.size): Promise<ArrayBuffer> {
      const part = read(start, end);
      part.catch(() => undefined);
      return part;
    },
  };
  async function read(start: number, end: number): Promise<ArrayBuffer> {
    if (!(start >= 0 && end >= start && end <= source.size))
      throw new Error("a place beyond the file");
    const bytes = await source.read(start, end - start, { signal: call.signal });
    return bytes.slice().buffer;
  }
  const guarded = <T>(run: Promise<T>): Promise<T> =>
    run.catch((cause: unknown) => {
      if (cause instanceof EngrailedError || isAbortError(cause)) throw cause;
      throw broken(file, cause);
    });
  const metadata = await guarded(parquetMetadataAsync(buffer));
  const fields = await guarded(Promise.resolve().then(() => parquetSchema(metadata).children));
  const nRows = Number(metadata.num_rows);
  const groups = metadata.row_groups ?? [];
  const sum = groups.reduce((n, group) => n + Number(group.num_rows), 0);
  if (
    !Number.isSafeInteger(nRows) ||
    nRows < 0 ||
    sum !== nRows ||
    groups.some((g) => !(Number(g.num_rows) >= 0))
  )
    throw broken(file, new Error("row groups that do not add up"));
  if (nRows * fields.length > mostValues)
    throw readError(`too large to hold: ${nRows} rows x ${fields.length} columns in ${file}`, {
      file,
      expected: `at most ${mostValues.toLocaleString("en")} values`,
    });
  const nested = fields.find(
    ({ children, element }) => children.length > 0 || element.repetition_type === "REPEATED",
  );
  if (nested !== undefined)
    throw readError(`column of lists or records: ${nested.element.name}`, {
      file,
      expected: "columns of text, numbers, dates, true and false",
      help: "Leave it out when the file is written.",
    });
  const names = fields.map((field) => field.element.name);
  const numeric = fields.map(({ element }) => {
    const plain =
      element.logical_type === undefined ||
      ["INTEGER", "DECIMAL", "FLOAT16"].includes(element.logical_type.type);
    const other = [
      "UTF8",
      "JSON",
      "DATE",
      "TIME_MILLIS",
      "TIME_MICROS",
      "TIMESTAMP_MILLIS",
      "TIMESTAMP_MICROS",
    ];
    if (!plain || other.includes(String(element.converted_type))) return null;
    return ["INT32", "INT64", "FLOAT", "DOUBLE"].includes(String(element.type))
      ? element.type
      : null;
  });
  const columns = fields.map((_, j): Float64Array | unknown[] =>
    numeric[j] === null
      ? Array.from<unknown>({ length: nRows }).fill(null)
      : new Float64Array(nRows).fill(NaN),
  );
  const index = new Map(names.map((name, j) => [name, j]));
  if (index.size < names.length) throw broken(file, new Error("two columns of one name"));
  const held = Object.fromEntries(
    Object.entries(compressors).map(([codec, inflate]) => [
      codec,
      (input: Uint8Array, length: number) => {
        if (!(length >= 0 && length <= mostPage)) throw new Error("a page beyond 1 GiB");
        return inflate!(input, length);
      },
    ]),
  );
  const unpack = (codec: string, input: Uint8Array, length: number): Uint8Array => {
    const inflate = held[codec];
    if (inflate === undefined) throw new Error(`codec ${codec}, which is not known`);
    return inflate(input, length);
  };
  let from = 0;
  let done = 0;
  for (const group of groups) {
    for (const chunk of group.columns) {
      const about = chunk.meta_data;
      const j = index.get(about?.path_in_schema[0] ?? "");
      if (about === undefined || j === undefined)
        throw broken(file, new Error("a column without its place"));
      const start = Number(about.dictionary_page_offset ?? about.data_page_offset);
      const from = Math.min(start > 0 ? start : Infinity, Number(about.data_page_offset));
      const bytes = await source.read(from, Number(about.total_compressed_size), {
        signal: call.signal,
      });
      const optional = fields[j].element.repetition_type !== "REQUIRED";
      await guarded(
        Promise.resolve().then(() =>
          checkPages(bytes, chunk, Number(group.num_rows), optional, unpack),
        ),
      );
    }
    const rowEnd = from + Number(group.num_rows);
    const wanted = rowEnd > from ? names : [];
    for (let j = 0; j < wanted.length; j += batch) {
      await guarded(
        parquetRead({
          file: buffer,
          metadata,
          columns: names.slice(j, j + batch),
          rowStart: from,
          rowEnd,
          compressors: held,
          onChunk({ columnName, columnData, rowStart }) {
            const out = columns[index.get(columnName)!];
            const n = Math.min(columnData.length, nRows - rowStart);
            if (out instanceof Float64Array)
              for (let i = 0; i < n; ++i) {
                const value = columnData[i] as number | bigint | null | undefined;
                if (value !== null && value !== undefined) out[rowStart + i] = Number(value);
              }
            else for (let i = 0; i < n; ++i) out[rowStart + i] = columnData[i];
          },
        }),
      );
      call.onProgress?.({
        label: `Reading ${file}`,
        done: (done += Math.min(batch, names.length - j)),
        total: names.length * groups.length,
      });
      await pause();
      throwIfAborted(call.signal);
    }
    from = rowEnd;
  }
  return makeTable(
    names.map((name, j): [string, Column] => [name, typed(columns[j], numeric[j] === "INT32")]),
  );
}

function typed(values: Float64Array | unknown[], whole: boolean): Column {
  if (!(values instanceof Float64Array)) return columnOf(values.map(simple));
  if (whole && values.every((v) => (v | 0) === v)) return int32(Int32Array.from(values));
  return float64(values);
}

function simple(value: unknown): unknown {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (typeof value === "object" && value !== null && !(value instanceof Date))
    return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? Number(v) : v));
  return value;
}

function broken(file: string, cause: unknown) {
  const why = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0].slice(0, 200);
  return readError(`broken parquet file: ${file}`, {
    file,
    offset: 0,
    expected: `a Parquet file (${why})`,
    help: "The file was damaged or only partly copied: get it again.",
    cause,
  });
}
