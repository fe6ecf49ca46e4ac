import { argumentError, readError } from "../../../base/errors.ts";
import { nearestName } from "../../../base/check.ts";
import type { CallOptions } from "../../../base/progress.ts";
import type { ByteSource } from "../../bytes/index.ts";
import { openWorkbook, type Workbook } from "./open-workbook.ts";
import { sheetRows, type SheetRow } from "./sheet-rows.ts";

/** A sheet as a text table: tabs between cells, one line a row, so that line numbers are the sheet's row numbers. */
export interface SheetSource {
  readonly source: ByteSource;
  readonly sheet: string;
  /** The other sheets with anything in them. */
  readonly others: readonly string[];
  /** Rows above the header that were passed over: titles and notes of one cell. */
  readonly skipped: number;
}

const look = 50;

/**
 * A sheet of a workbook as a source of text: the one that is named (or numbered from 1), else the first that holds a table.
 * Rows of a single cell above the header are titles and become blank lines.
 */
export async function sheetSource(
  workbook: ByteSource,
  sheet: string | number | undefined,
  call: CallOptions = {},
): Promise<SheetSource> {
  const book = await openWorkbook(workbook, call);
  const { file, sheets } = book;
  const names = sheets.map(({ name }) => name);
  if (sheet !== undefined) {
    const at = typeof sheet === "number" ? sheet - 1 : names.indexOf(sheet);
    if (sheets[at] === undefined) {
      const near = nearestName(String(sheet), names);
      throw argumentError(`no such sheet: ${String(sheet)}`, {
        help: `${near === undefined ? "" : `Did you mean ${near}? `}${file} has ${names.join(", ")}.`,
      });
    }
    return make(book, at, await firstRows(book, at, call), []);
  }
  let chosen: { at: number; first: SheetRow[] } | null = null;
  const others: string[] = [];
  for (let at = 0; at < sheets.length; ++at) {
    const first = await firstRows(book, at, call);
    const isTable = first.filter(({ cells }) => filled(cells) > 1).length > 1;
    if (chosen === null && isTable) chosen = { at, first };
    else if (first.length > 0) others.push(names[at]);
  }
  if (chosen === null)
    throw readError(`a workbook without a table: ${file}`, {
      file,
      expected: "a sheet with a header and rows",
    });
  return make(book, chosen.at, chosen.first, others);
}

async function firstRows(book: Workbook, at: number, call: CallOptions): Promise<SheetRow[]> {
  const out: SheetRow[] = [];
  for await (const rows of sheetRows(book, book.sheets[at].member, { signal: call.signal })) {
    out.push(...rows);
    if (out.length >= look) break;
  }
  return out.slice(0, look);
}

function filled(cells: readonly string[]): number {
  return cells.reduce((n, cell) => n + (cell.trim() === "" ? 0 : 1), 0);
}

function make(
  book: Workbook,
  at: number,
  first: readonly SheetRow[],
  others: readonly string[],
): SheetSource {
  const { member, name } = book.sheets[at];
  const header = first.find(({ cells }) => filled(cells) > 1) ?? first.at(0);
  const from = header?.number ?? 1;
  const width = Math.max(
    1,
    ...first.filter((row) => row.number >= from).map(({ cells }) => cells.length),
  );
  const source: ByteSource = {
    name: book.file,
    size: member.size,
    read: async () => new Uint8Array(0),
    stream(call = {}) {
      const parts = text(book, member, width, from, call);
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const step = await parts.next();
            if (step.done) controller.close();
            else controller.enqueue(step.value);
          },
          cancel: async () => void (await parts.return(undefined)),
        },
        { highWaterMark: 0 },
      );
    },
  };
  return { source, sheet: name, others, skipped: first.filter((row) => row.number < from).length };
}

async function* text(
  book: Workbook,
  member: ByteSource,
  width: number,
  from: number,
  call: CallOptions,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let line = 1;
  for await (const rows of sheetRows(book, member, call)) {
    let out = "";
    for (const { number, cells } of rows) {
      if (number < from || filled(cells) === 0) continue;
      out += "\n".repeat(number - line);
      line = number;
      while (cells.length < width) cells.push("");
      while (cells.length > width && cells.at(-1) === "") cells.pop();
      out += Array.from(cells, (cell) => written(cell ?? "")).join("\t");
    }
    if (out !== "") yield encoder.encode(out);
  }
  yield encoder.encode("\n");
}

function written(cell: string): string {
  const plain = cell.replace(/[\r\n]+/g, " ");
  return /["\t]/.test(plain) || plain.startsWith("#") ? `"${plain.replaceAll('"', '""')}"` : plain;
}
