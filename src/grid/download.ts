import { columnNames, tableToCsv, type Table } from "../tables/index.ts";
import { element } from "./element.ts";

const slice = 50_000;

/** Saves rows of a table as a CSV file, through a Blob link; all rows and columns unless told. */
export function downloadCsv(
  table: Table,
  name: string,
  { rows, columns = columnNames(table) }: { rows?: Int32Array; columns?: readonly string[] } = {},
): void {
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
  const url = URL.createObjectURL(new Blob(parts, { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: url, download: `${name}.csv`, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
