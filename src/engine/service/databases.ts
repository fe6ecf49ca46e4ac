import { argumentError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { columnKind, columnNames, isTable, type Table } from "../../tables/index.ts";
import { isByteSource } from "../bytes/index.ts";
import { attachExperiment } from "../duckdb/attach-experiment.ts";
import { describeColumns, describeTables } from "../duckdb/describe.ts";
import type { Parameter } from "../duckdb/literal.ts";
import { openDatabase, type Database } from "../duckdb/open-database.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Reading } from "../reading/index.ts";
import { isExperiment } from "./is-experiment.ts";

/** A table of a session, known before DuckDB runs. */
export interface KnownTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** A client of the notebook's DuckDB over the sources that it was made of. */
export interface DatabaseSession {
  readonly tables: readonly KnownTable[];
  query(sql: string, params: readonly unknown[], options?: CallOptions): Promise<Table>;
  describeTables(options?: CallOptions): Promise<unknown>;
  describeColumns(options: { table?: string }, call?: CallOptions): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens database sessions; DuckDB itself starts with the first query, and stays for the next notebook. */
export interface Databases {
  open(sources: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<DatabaseSession>;
}

/** `load` answers the two files of the build that DuckDB is made of. */
export function createDatabases(
  load: (name: string) => Promise<Response>,
  reading: Reading,
): Databases {
  const root = openDatabase({ load });
  return {
    async open(sources, options) {
      const database = root.sibling();
      const tables: KnownTable[] = [];
      try {
        for (const [name, source] of Object.entries(sources))
          tables.push(...(await attach(database, reading, name, source, options)));
      } catch (error) {
        await database.close();
        throw error;
      }
      return {
        tables,
        query: (sql, params, call) => database.query(sql, params as readonly Parameter[], call),
        describeTables: (call) => describeTables(database, call),
        describeColumns: (wanted, call) => describeColumns(database, wanted, call),
        close: () => database.close(),
      };
    },
  };
}

async function attach(
  database: Database,
  reading: Reading,
  name: string,
  source: unknown,
  options?: CallOptions,
): Promise<KnownTable[]> {
  if (isExperiment(source)) {
    await attachExperiment(database, name, source, options);
    return experimentTables(name, source);
  }
  const table = isByteSource(source) ? await reading.table(source, {}, options) : source;
  if (!isTable(table))
    throw argumentError(`DuckDBClient.of: not a table: ${name}`, {
      help: "A source is an experiment, an Arrow table, a file, or an array of objects.",
    });
  await database.insert(name, table, options);
  return [{ name, rows: table.numRows, columns: columnsOf(table) }];
}

function experimentTables(name: string, experiment: Experiment): KnownTable[] {
  const { nGenes, nSamples, values } = experiment.counts;
  const count = values instanceof Int32Array ? "integer" : "number";
  return [
    {
      name: `${name}.genes`,
      rows: nGenes,
      columns: [{ name: "gene_index", type: "integer" }, ...columnsOf(experiment.genes)],
    },
    { name: `${name}.samples`, rows: nSamples, columns: columnsOf(experiment.samples) },
    {
      name: `${name}.counts`,
      rows: nGenes * nSamples,
      columns: [
        { name: "gene_index", type: "integer" },
        { name: "gene_id", type: "factor" },
        { name: "sample_id", type: "factor" },
        { name: "count", type: count },
      ],
    },
  ];
}

function columnsOf(table: Table): { name: string; type: string }[] {
  return columnNames(table).map((name, i) => ({ name, type: columnKind(table.getChildAt(i)!) }));
}
