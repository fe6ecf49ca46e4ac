import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import type { ByteSource } from "../../bytes/index.ts";
import { dateText } from "./date-text.ts";
import type { Workbook } from "./open-workbook.ts";
import { readXml } from "./xml.ts";

/** A row of a sheet: its 1-based number and its cells as text, "" where empty. */
export interface SheetRow {
  readonly number: number;
  readonly cells: string[];
}

const mostRows = 1_048_576;
const mostColumns = 16_384;

/** The rows of a sheet that hold cells, in blocks as they stream by: numbers as written, dates as shown. */
export async function* sheetRows(
  book: Workbook,
  member: ByteSource,
  call: CallOptions = {},
): AsyncGenerator<SheetRow[]> {
  const { file } = book;
  let rows: SheetRow[] = [];
  let number = 0;
  let cells: string[] = [];
  let at = -1;
  let type = "n";
  let style = 0;
  let text = "";
  let taking = false;
  let inRow = false;
  const wrong = (what: string, expected: string) =>
    readError(`broken workbook: ${what}`, { file, line: number, expected });
  const blocks = readXml(
    member,
    file,
    {
      open(name, attributes) {
        if (name === "row") {
          const told = attributes.r === undefined ? number + 1 : Number(attributes.r);
          if (!Number.isInteger(told) || told <= number || told > mostRows)
            throw wrong(`row ${attributes.r}`, `rows in order, at most ${mostRows}`);
          number = told;
          cells = [];
          at = -1;
          inRow = true;
        } else if (name === "c" && inRow) {
          at = attributes.r === undefined ? at + 1 : columnOf(attributes.r);
          if (!(at >= 0 && at < mostColumns))
            throw wrong(`cell ${attributes.r}`, "a column from A to XFD");
          type = attributes.t ?? "n";
          style = Number(attributes.s ?? 0);
          text = "";
        } else if (name === "v" || (name === "t" && type === "inlineStr")) taking = true;
        else if (name === "rPh") taking = false;
      },
      text(part) {
        if (taking) text += part;
      },
      close(name) {
        if (name === "v" || name === "t") taking = false;
        else if (name === "c" && inRow) {
          const value = valueOf();
          if (value !== "") {
            while (cells.length < at) cells.push("");
            cells[at] = value;
          }
        } else if (name === "row") {
          inRow = false;
          if (cells.length > 0) rows.push({ number, cells });
        }
      },
    },
    call,
  );
  const valueOf = (): string => {
    if (type === "s") {
      const shared = text === "" ? "" : book.strings[Number(text)];
      if (shared === undefined)
        throw wrong(`shared string ${text}`, `one of ${book.strings.length}`);
      return shared;
    }
    if (type === "b") return text === "1" ? "TRUE" : text === "" ? "" : "FALSE";
    if (type === "d") return text.slice(0, 10);
    if (type !== "n" || text === "") return text;
    const shape = book.dates[style] ?? null;
    return shape === null ? text : dateText(text, shape, book.from1904);
  };
  for await (const _ of blocks) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
}

/** "BC12" is column 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; ++i) {
    const c = reference.charCodeAt(i) & ~32;
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
    if (column > mostColumns) break;
  }
  return column - 1;
}
