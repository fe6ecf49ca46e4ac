import { checkInteger, checkOneOf, checkOptions } from "../base/check.ts";
import { argumentError } from "../base/errors.ts";
import { isSelection, type Selection } from "../base/selection.ts";
import { isTable, type Table } from "../tables/index.ts";
import { gridColumns, type Format, type GridColumn } from "./columns.ts";
import type { RowSort } from "./order-rows.ts";

/** How a table is shown. */
export interface ResultsTableOptions {
  /** Names of the columns to show, in this order; all when absent. */
  readonly columns?: readonly string[];
  /** Rows in view before it scrolls; 12 when absent. */
  readonly rows?: number;
  /** Column name -> what writes its values; missing values keep their dash. */
  readonly format?: Readonly<Record<string, Format>>;
  /** Column to sort by at first: its name (ascending) or {column, descending}. */
  readonly sort?: string | { readonly column: string; readonly descending?: boolean };
  /** What can be selected: "many" rows (default), "one", or "none". */
  readonly select?: "many" | "one" | "none";
  /** A selection shared with pictures: rows are selected by gene_id, or by sample_id where there is none. */
  readonly selection?: Selection;
  /** Name of the downloaded file, without ending; "table" when absent. */
  readonly name?: string;
}

/** The options, complete. */
export interface CheckedGrid {
  readonly columns: readonly GridColumn[];
  readonly visible: number;
  readonly select: "many" | "one" | "none";
  readonly sort: RowSort | null;
  readonly selection: Selection | null;
  readonly name: string;
}

/** Checks what resultsTable was given; a misspelt option or an unknown column is an error that lists the right ones. */
export function checkGrid(table: Table, options: ResultsTableOptions | undefined): CheckedGrid {
  if (!isTable(table))
    throw argumentError(
      `resultsTable: not a table: ${Array.isArray(table) ? "an array" : String(table)}`,
      { help: "It takes an Arrow table, as readTable, a query or a result gives." },
    );
  const given = checkOptions("resultsTable", options, [
    "columns",
    "rows",
    "format",
    "sort",
    "select",
    "selection",
    "name",
  ]);
  if (given.selection !== undefined && !isSelection(given.selection))
    throw argumentError(`resultsTable: not a selection: ${String(given.selection)}`, {
      help: "Make one with selection() in a cell of its own.",
    });
  const columns = gridColumns(table, given.columns, given.format ?? {});
  if (columns.length === 0) throw argumentError("resultsTable: no columns to show: columns");
  return {
    columns,
    visible: checkInteger("resultsTable", "rows", given.rows, { min: 1, max: 1000, fallback: 12 }),
    select: checkOneOf("resultsTable", "select", given.select, ["many", "one", "none"], "many"),
    sort: firstSort(columns, given.sort),
    selection: given.selection ?? null,
    name: given.name ?? "table",
  };
}

function firstSort(
  columns: readonly GridColumn[],
  sort: ResultsTableOptions["sort"],
): RowSort | null {
  if (sort === undefined) return null;
  const given =
    typeof sort === "string"
      ? { column: sort }
      : checkOptions("resultsTable: sort", sort, ["column", "descending"]);
  const column = columns.find(({ name }) => name === given.column);
  if (!column)
    throw argumentError(`resultsTable: no such column to sort by: ${String(given.column)}`, {
      help: `Columns shown are ${columns
        .map(({ name }) => name)
        .slice(0, 30)
        .join(", ")}.`,
    });
  return { column, descending: given.descending === true };
}
