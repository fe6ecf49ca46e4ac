import type { CallOptions } from "../../base/progress.ts";
import { isAbortError, readError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  inspectIpc,
  plainTable,
  strings,
  tableFromBytes,
  takeRows,
  type Table,
} from "../../tables/index.ts";
import { readAll, readPieces, type ByteSource } from "../bytes/index.ts";
import { arrowParts, type ArrowOptions, type ArrowParts } from "../experiment/from-arrow.ts";
import { longColumns, longParts } from "./long-table.ts";
import type { Reader, ReadOptions, ReadParts, Sheet } from "./types.ts";

/** The Experiment file, and wide Arrow tables from elsewhere; gzipped or not. */
export const arrowReader: Reader = {
  format: "arrow",
  async read(source, options, call = {}) {
    const { geneId, symbol, kind, orientation } = options;
    if (orientation === "samples")
      throw readError(`rows of an arrow file must be genes: ${source.name}`, {
        file: source.name,
        help: "Turn the table before writing it, or write it as CSV.",
      });
    const asked = { file: source.name, geneId, symbol, kind, ...call };
    const pieces = await readPieces(source, call);
    if (pieces !== null) {
      const parts = await partsOfPieces(pieces, asked);
      if (parts !== null) return readParts(source.name, parts);
    }
    const bytes = await readAll(source, call);
    const long = longTable(bytes, options);
    if (long !== null) return longParts(long.table, long.columns, source.name, "arrow");
    return readParts(source.name, await arrowParts(bytes, asked));
  },
  async readSheet(source, call = {}) {
    return arrowSheet(await readArrowTable(source, call), source.name);
  },
};

function readParts(file: string, parts: ArrowParts): ReadParts {
  return {
    file,
    format: "arrow",
    ...parts,
    facts: null,
    firstFractional: null,
    firstNegative: null,
    lines: null,
  };
}

/**
 * An Experiment file that came in pieces, without joining them: metadata and gene columns lie in the first, what closes the
 * file in the last, and sample columns are read from where they are. Null where it is not such a file, or broken:
 * then it is for the plain way, on all its bytes, to say so.
 */
async function partsOfPieces(
  pieces: NonNullable<Awaited<ReturnType<typeof readPieces>>>,
  options: ArrowOptions,
): Promise<ArrowParts | null> {
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  const bytes = new Uint8Array(last.start + last.content.length);
  for (const { start, content } of [first, last]) bytes.set(content, start);
  try {
    return await arrowParts(bytes, { ...options, pieces });
  } catch (error) {
    if (isAbortError(error)) throw error;
    return null;
  }
}

/** The table of an Arrow file or stream, in one batch of plain columns. */
export async function readArrowTable(source: ByteSource, call: CallOptions = {}): Promise<Table> {
  const bytes = await readAll(source, call);
  const facts = inspectIpc(bytes);
  const file = source.name;
  if (facts === null) throw readError(`not an arrow file: ${file}`, { file, offset: 0 });
  if (facts.compression !== null)
    throw readError(`arrow file with compressed buffers: ${facts.compression}`, {
      file,
      help: 'Write it with compression = "uncompressed".',
    });
  if (facts.brokenAt !== null)
    throw readError(`broken arrow file: ${file}`, {
      file,
      offset: facts.brokenAt,
      help: "The file was damaged or only partly copied: get it again.",
    });
  try {
    const table = tableFromBytes(bytes.subarray(facts.from, facts.to));
    return takeRows(
      table,
      Int32Array.from({ length: table.numRows }, (_, i) => i),
    );
  } catch (cause) {
    throw readError(`broken arrow file: ${file}`, {
      file,
      offset: 0,
      expected: "a table of text, numbers and true or false",
      cause,
    });
  }
}

/** The table where it is a long one from elsewhere, a row for each gene and sample; broken bytes are for others to refuse. */
function longTable(bytes: Uint8Array, options: ReadOptions) {
  const facts = inspectIpc(bytes);
  if (facts === null || facts.compression !== null || facts.brokenAt !== null) return null;
  try {
    const table = tableFromBytes(bytes.subarray(facts.from, facts.to));
    if ([...table.schema.metadata.keys()].some((key) => key.startsWith("engrailed."))) return null;
    if (longColumns(table, options) === null) return null;
    const plain = plainTable(table);
    const columns = longColumns(plain, options);
    return columns === null ? null : { table: plain, columns };
  } catch {
    return null;
  }
}

function arrowSheet(table: Table, file: string): Sheet {
  return {
    file,
    names: columnNames(table),
    nRows: table.numRows,
    text: (name) => strings(table, name),
    typed: (name) => column(table, name),
    line: () => null,
  };
}
