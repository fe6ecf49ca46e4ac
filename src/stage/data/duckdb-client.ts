import { argumentError } from "../../base/errors.ts";
import type { WireHandle } from "../../protocol/wire.ts";
import { fromRows, isTable, type Table } from "../../tables/index.ts";
import { bind, boundFunction, type CellContext } from "./context.ts";
import type { EnginePort, OnWire } from "./engine-port.ts";

/** A table of a client's sources. */
export interface SourceTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * A client of the notebook's DuckDB, with the sources that it was made of. An experiment `name` is the schema
 * of `name.genes`, `name.samples` and `name.counts`; anything else is a table of its name.
 */
export class DatabaseClient implements OnWire {
  /** The tables of its sources, known before SQL starts. */
  readonly tables: readonly SourceTable[];
  readonly #engine: EnginePort;
  readonly #id: number;
  readonly #context: CellContext | null;

  constructor(
    engine: EnginePort,
    id: number,
    tables: readonly SourceTable[],
    context: CellContext | null = null,
  ) {
    this.tables = tables;
    this.#engine = engine;
    this.#id = id;
    this.#context = context;
  }

  [bind](context: CellContext): DatabaseClient {
    return new DatabaseClient(this.#engine, this.#id, this.tables, context);
  }

  toWire(): WireHandle {
    return { $: "database", id: this.#id, info: null };
  }

  /** The whole result of one statement; `?` or `$1` in the text take the params in order. */
  async query(sql: string, params: readonly unknown[] = []): Promise<Table> {
    if (typeof sql !== "string") throw argumentError(`query: not a text: ${String(sql)}`);
    return this.#run("query", sql, [...params]);
  }

  /** A tagged template: each `${…}` is a parameter, never pasted text. */
  async sql(strings: readonly string[], ...params: unknown[]): Promise<Table> {
    return this.query(
      strings.reduce((text, part, i) => `${text}$${i}${part}`),
      params,
    );
  }

  /** The tables and views: {name, schema}. */
  async describeTables(): Promise<unknown> {
    return this.#run("describeTables");
  }

  /** The columns of a table: {name, type, nullable, databaseType}. */
  async describeColumns(options: { table: string }): Promise<unknown> {
    return this.#run("describeColumns", options);
  }

  #run<T>(operation: string, ...args: unknown[]): Promise<T> {
    return this.#engine.run(this.#context, operation, this, ...args) as Promise<T>;
  }
}

/** The stage's value of a database's handle. */
export function reviveDatabase(handle: WireHandle, engine: EnginePort): DatabaseClient {
  const { tables } = handle.info as { tables: readonly SourceTable[] };
  return new DatabaseClient(engine, handle.id, tables);
}

/** The builtin `DuckDBClient`. */
export function duckdbClients(engine: EnginePort) {
  const of = boundFunction(async (context: CellContext | null, sources: unknown = {}) => {
    if (typeof sources !== "object" || sources === null || Array.isArray(sources))
      throw argumentError(`DuckDBClient.of: not an object of sources: ${String(sources)}`, {
        help: "For example DuckDBClient.of({hsmm}) or DuckDBClient.of({genes: table}).",
      });
    const prepared: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(sources)) {
      const source: unknown = await given;
      prepared[name] =
        Array.isArray(source) && !isTable(source) ? fromRows(objects(name, source)) : source;
    }
    return engine.run(context, "openDatabase", prepared) as Promise<DatabaseClient>;
  });
  return {
    of,
    [bind]: (context: CellContext) => ({
      of: (of as unknown as Record<typeof bind, (c: CellContext) => typeof of>)[bind](context),
    }),
  };
}

function objects(name: string, array: readonly unknown[]): Record<string, unknown>[] {
  return array.map((item) => {
    if (typeof item === "object" && item !== null && !Array.isArray(item))
      return item as Record<string, unknown>;
    throw argumentError(`DuckDBClient.of: not an array of objects: ${name}`);
  });
}
