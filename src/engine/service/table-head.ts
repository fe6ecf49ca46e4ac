import type { TableHead } from "../../protocol/import.ts";
import { columnNames, strings, takeRows, type Table } from "../../tables/index.ts";

/** The first rows and columns of a table as text, for a look at it. */
export function tableHead(table: Table, rows = 8, columns = 12): TableHead {
  const names = columnNames(table);
  const n = Math.min(rows, table.numRows);
  const first = takeRows(
    table,
    Int32Array.from({ length: n }, (_, i) => i),
  );
  const shown = names.slice(0, columns);
  const texts = shown.map((name) => strings(first, name));
  return {
    columns: shown,
    width: names.length,
    rows: Array.from({ length: n }, (_, i) => texts.map((column) => column[i])),
  };
}
