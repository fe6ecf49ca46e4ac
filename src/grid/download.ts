import { takeRows, tableToBytes, tableToCsv, columnNames, type Table } from "../tables/index.ts";
import { element } from "./element.ts";

/** What a table can be saved as. */
export const fileKinds = ["csv", "xlsx", "arrow"] as const;
export type FileKind = (typeof fileKinds)[number];

/** What of a table is saved: rows by number in their order, and columns by name; all where absent. */
export interface TablePart {
  readonly rows?: Int32Array;
  readonly columns?: readonly string[];
}

const slice = 50_000;

/** Saves a table, or the part of it that is shown, through a Blob link. */
export async function downloadTable(
  table: Table,
  name: string,
  kind: FileKind,
  part: TablePart = {},
): Promise<void> {
  save(await blobOf(table, name, kind, part), `${name}.${kind}`);
}

async function blobOf(table: Table, name: string, kind: FileKind, part: TablePart): Promise<Blob> {
  if (kind === "csv") return csvBlob(table, part);
  const { rows, columns = columnNames(table) } = part;
  const narrow =
    columns.length < columnNames(table).length || part.columns ? table.select([...columns]) : table;
  const taken = rows ? takeRows(narrow, rows, { all: true }) : narrow;
  if (kind === "xlsx") return (await import("./write-xlsx.ts")).writeXlsx(taken, name);
  return new Blob([tableToBytes(taken, "file") as Uint8Array<ArrayBuffer>], {
    type: "application/vnd.apache.arrow.file",
  });
}

function csvBlob(table: Table, { rows, columns = columnNames(table) }: TablePart): Blob {
  const n = rows ? rows.length : table.numRows;
  const parts: string[] = [];
  // In pieces, since one string holds at most some 500 MB.
  for (let from = 0; from === 0 || from < n; from += slice) {
    const to = Math.min(n, from + slice);
    const part = rows
      ? rows.subarray(from, to)
      : Int32Array.from({ length: to - from }, (_, i) => from + i);
    parts.push(tableToCsv(table, { rows: part, columns, header: from === 0 }));
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

function save(blob: Blob, file: string): void {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: file, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
