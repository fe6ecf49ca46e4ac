import type { CatalogEntry } from "../../protocol/stage.ts";
import { columnKind, columnNames, isTable, type Table } from "../../tables/index.ts";
import { DatabaseClient } from "../data/duckdb-client.ts";
import { Experiment } from "../data/experiment.ts";

/** What a name of the notebook holds, for the data drawer and for completion; null for what has no tables. */
export function catalogEntry(name: string, value: unknown): CatalogEntry | null {
  if (value instanceof Experiment) {
    const { genes, samples } = value.shape;
    return {
      name,
      kind: "experiment",
      detail: `${genes.toLocaleString("en")} genes × ${samples.toLocaleString("en")} samples, ${value.kind}`,
      tables: [
        described(`${name}.genes`, value.genes),
        described(`${name}.samples`, value.samples),
      ],
    };
  }
  if (value instanceof DatabaseClient)
    return {
      name,
      kind: "database",
      detail: `SQL over ${value.tables.length} ${value.tables.length === 1 ? "table" : "tables"}`,
      tables: value.tables.map((table) => ({ ...table, insert: table.name })),
    };
  if (isTable(value))
    return {
      name,
      kind: "table",
      detail: `${value.numRows.toLocaleString("en")} ${value.numRows === 1 ? "row" : "rows"}`,
      tables: [described(name, value)],
    };
  return null;
}

function described(name: string, table: Table): CatalogEntry["tables"][number] {
  return {
    name,
    insert: name,
    rows: table.numRows,
    columns: columnNames(table).map((column, i) => ({
      name: column,
      type: columnKind(table.getChildAt(i)!),
    })),
  };
}
