import { argumentError } from "../../base/errors.ts";
import { strings, type Table } from "../../tables/index.ts";
import type { CallOptions } from "../../base/progress.ts";
import type { Database } from "./open-database.ts";
import { showName } from "./quote.ts";

/** A table as Observable's DuckDBClient lists it: `name` is what one writes after FROM. */
export interface TableDescription {
  readonly name: string;
  readonly schema: string;
}

/** A column as Observable's DuckDBClient lists it. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly databaseType: string;
}

/** Not those in which linked views keep what they have aggregated. */
const own = "database_name = current_database() AND NOT starts_with(schema_name, 'vg ')";

/** The client's tables and views, attached ones and its own; `counts` of an experiment is listed before it is made. */
export async function describeTables(
  database: Database,
  options: CallOptions = {},
): Promise<TableDescription[]> {
  const table = await database.query(
    `SELECT schema_name, table_name FROM (
      SELECT schema_name, table_name, table_oid AS oid FROM duckdb_tables() WHERE ${own} AND NOT internal
      UNION ALL SELECT schema_name, view_name, view_oid FROM duckdb_views() WHERE ${own} AND NOT internal
    ) ORDER BY schema_name <> 'main', schema_name, table_name`,
    [],
    options,
  );
  const schemas = strings(table, "schema_name");
  return strings(table, "table_name").map((name, i) => {
    const schema = schemas[i]!;
    return {
      name: schema === "main" ? showName(name!) : `${showName(schema)}.${showName(name!)}`,
      schema,
    };
  });
}

/** The columns of one table, named as describeTables names it; an error that lists the tables where there is none. */
export async function describeColumns(
  database: Database,
  { table: wanted }: { readonly table?: string } = {},
  options: CallOptions = {},
): Promise<ColumnDescription[]> {
  if (typeof wanted !== "string" || wanted === "")
    throw argumentError(`describeColumns: invalid table: ${String(wanted)}`, {
      help: 'Name a table: describeColumns({table: "name"}).',
    });
  const columns = await database.query(
    `SELECT schema_name, table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE ${own} AND NOT internal ORDER BY column_index`,
    [],
    options,
  );
  const [schemas, tables] = [strings(columns, "schema_name"), strings(columns, "table_name")];
  const shown = tables.map((name, i) => namesOf(schemas[i]!, name!));
  const at = [...shown.keys()].filter((i) => shown[i].includes(wanted));
  if (at.length === 0) {
    const all = [...new Set(shown.map(([name]) => name))];
    throw argumentError(`no such table: ${wanted}`, {
      help: all.length ? `Tables are ${all.slice(0, 30).join(", ")}.` : "Nothing is attached.",
    });
  }
  return at.map((i) => columnDescription(columns, i));
}

function namesOf(schema: string, table: string): string[] {
  if (schema === "main") return [showName(table), table];
  return [`${showName(schema)}.${showName(table)}`, `${schema}.${table}`];
}

function columnDescription(columns: Table, i: number): ColumnDescription {
  const databaseType = String(columns.getChild("data_type")!.get(i));
  return {
    name: String(columns.getChild("column_name")!.get(i)),
    type: plainType(databaseType),
    nullable: columns.getChild("is_nullable")!.get(i) !== false,
    // An ENUM of gene ids would be a megabyte of text.
    databaseType: databaseType.replace(/ENUM\(.*\)/s, "ENUM"),
  };
}

/** DuckDB's type in Observable's words; 64-bit integers are "number", as results hand them over. */
function plainType(type: string): string {
  if (/\[\d*\]$/.test(type)) return "array";
  const base = /^[A-Z_]+/.exec(type)?.[0] ?? type;
  switch (base) {
    case "BIGINT":
    case "HUGEINT":
    case "UBIGINT":
    case "UHUGEINT":
    case "DOUBLE":
    case "REAL":
    case "FLOAT":
    case "DECIMAL":
      return "number";
    case "INTEGER":
    case "SMALLINT":
    case "TINYINT":
    case "USMALLINT":
    case "UINTEGER":
    case "UTINYINT":
      return "integer";
    case "BOOLEAN":
      return "boolean";
    case "DATE":
    case "TIMESTAMP":
    case "TIMESTAMP_S":
    case "TIMESTAMP_MS":
    case "TIMESTAMP_NS":
      return "date";
    case "BLOB":
      return "buffer";
    case "STRUCT":
    case "MAP":
    case "UNION":
      return "object";
    default:
      return "string";
  }
}
