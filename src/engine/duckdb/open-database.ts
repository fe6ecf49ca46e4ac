import { argumentError, queryError } from "../../base/errors.ts";
import { abortable, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { columnOf, isTable, makeTable, numbers, type Table } from "../../tables/index.ts";
import { bindParameters, statementsOf } from "./bind-parameters.ts";
import { cleanError } from "./clean-error.ts";
import { loadTable } from "./load-table.ts";
import { isList, type Parameter } from "./literal.ts";
import { quoteName } from "./quote.ts";
import { runScript } from "./run-script.ts";
import { runSql } from "./run-sql.ts";
import { refuseLongText, refuseStatements } from "./refuse-statements.ts";
import { Host } from "./host.ts";
import { openSession, type Session } from "./session.ts";
import type { DuckDBFiles } from "./start-duckdb.ts";

/** A table that is made when a query first reads it. */
export interface LazyTable {
  /** The last part of its name, in lower case: a script of several statements that names it has it made first. */
  readonly name: string;
  /** What the placeholder's error says. */
  readonly marker: string;
  readonly make: (session: Session, options: CallOptions) => Promise<void>;
}

/** One client of the database, with tables and variables of its own. Nothing starts before the first query. */
export interface Database {
  /**
   * Runs SQL and returns the last statement's whole result, in plain Arrow types (see plainTable). Parameters stand at `?` or `$1`;
   * a list in `IN (?)` stands for its values. Queries of one client run one after another. Aborting rejects at once with
   * AbortError and cancels in DuckDB. Errors are QueryErrors with the SQL, and line and column where DuckDB tells.
   */
  query(sql: string, params?: readonly Parameter[], options?: CallOptions): Promise<Table>;
  /** Runs SQL for its effect. */
  exec(sql: string, options?: CallOptions): Promise<void>;
  /** Attaches a table under a name; before the first query it is only noted. A name that is taken is an error. */
  insert(name: string, table: Table, options?: CallOptions): Promise<void>;
  /** Another client of the same DuckDB, with tables of its own. */
  sibling(): Database;
  /** Bytes that DuckDB holds for all clients; 0 while it has not started. */
  memory(): Promise<number>;
  /** Lets go of the client's tables; the last client to close ends DuckDB. */
  close(): Promise<void>;
  /** True once DuckDB runs for this client. */
  readonly started: boolean;
  /** For this room: a step of set-up, done at once when started, else before the first query, and again should DuckDB be restarted. */
  attach(
    name: string,
    step: (session: Session, options: CallOptions) => Promise<readonly LazyTable[]>,
    options?: CallOptions,
  ): Promise<void>;
}

/** A database whose engine is started from the given files when a query first needs it. */
export function openDatabase(files: DuckDBFiles): Database {
  return openClient(new Host(files));
}

type Step = Parameters<Database["attach"]>[1];

function openClient(host: Host): Database {
  const steps: { name: string; step: Step }[] = [];
  const names = new Set<string>();
  let lazy: LazyTable[] = [];
  let session: Session | null = null;
  let opening: Promise<Session> | null = null;
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;
  host.enter();

  /** One thing at a time; a call that is stopped while it waits never runs. */
  function enqueue<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (closed)
      return Promise.reject(
        queryError("the database was closed: DuckDBClient", {
          help: "Make another with DuckDBClient.of.",
        }),
      );
    const turn = tail.then(async () => {
      throwIfAborted(signal);
      return work();
    });
    tail = turn.catch(() => {});
    return abortable(turn, signal);
  }

  async function open(options: CallOptions): Promise<Session> {
    if (session && !session.process.isAlive()) session = opening = null;
    opening ??= (async () => {
      const made = await openSession(await host.get(options.onProgress));
      lazy = [];
      try {
        for (const { step } of steps) lazy.push(...(await step(made, options)));
      } catch (error) {
        await made.close();
        throw error;
      }
      return made;
    })();
    try {
      return (session = await opening);
    } catch (error) {
      opening = null;
      throw error;
    }
  }

  async function makeLazy(which: readonly LazyTable[], options: CallOptions): Promise<void> {
    for (const table of which) {
      await table.make(session!, options);
      lazy = lazy.filter((other) => other !== table);
    }
  }

  async function run(
    sql: string,
    params: readonly Parameter[],
    options: CallOptions,
  ): Promise<Table> {
    const { signal } = options;
    const current = await open(options);
    const { db, guard } = current.process;
    const tokens = await guard(db.tokenize(sql));
    const statements = statementsOf(sql, tokens);
    // Without tokens there is nothing to run, or a text that DuckDB's own parser must explain.
    if (statements.length === 0 && /^\s*;*\s*$/.test(sql))
      throw queryError("the query is empty: no statement", { sql });
    refuseStatements(sql, statements);
    const bound = bindParameters(
      sql,
      params,
      tokens,
      (k) => `${current.catalog}.main."engrailed list ${k + 1}"`,
    );
    refuseLongText(bound.sql);
    if (statements.length > 1) {
      const text = sql.toLowerCase();
      await makeLazy(
        lazy.filter(({ name }) => text.includes(name)),
        options,
      );
    }
    try {
      for (const { name, values } of bound.lists)
        await loadTable(current, name, makeTable([["value", columnOf(values)]]), options);
      for (;;) {
        try {
          return await runScript(current, bound.sql, signal);
        } catch (error) {
          const wanted = lazy.find(
            ({ marker }) => error instanceof Error && error.message.includes(marker),
          );
          if (!wanted) throw error;
          await makeLazy([wanted], options);
        }
      }
    } finally {
      for (const { name } of bound.lists) await current.run(`DROP TABLE IF EXISTS ${name}`);
    }
  }

  /** What an error leaves behind: a transaction that only ROLLBACK ends, or a memory that can't be trusted. */
  async function recover(error: unknown): Promise<void> {
    if (!session?.process.isAlive()) return;
    const text = error instanceof Error ? error.message : "";
    if (
      error instanceof WebAssembly.RuntimeError ||
      /memory access out of bounds|unreachable|table index is out of bounds|null function or function signature mismatch/.test(
        text,
      )
    )
      session.process.kill(text);
    else if (/current transaction is aborted|TransactionContext/i.test(text))
      await session.runQuery("ROLLBACK").catch(() => {});
  }

  function call<T>(sql: string, options: CallOptions, work: () => Promise<T>): Promise<T> {
    return enqueue(async () => {
      try {
        return await work();
      } catch (error) {
        await recover(error);
        throw cleanError(error, sql);
      }
    }, options.signal);
  }

  const database: Database = {
    query(sql, params = [], options = {}) {
      if (typeof sql !== "string")
        return Promise.reject(argumentError(`query: sql must be a string: ${String(sql)}`));
      if (!isList(params))
        return Promise.reject(
          argumentError("query: parameters must be an array", {
            help: "query(sql, [a, b]) gives a and b to the first and second ? of the query.",
          }),
        );
      try {
        refuseLongText(sql);
      } catch (error) {
        return Promise.reject(error);
      }
      return call(sql, options, () => run(sql.replaceAll("\0", " "), Array.from(params), options));
    },
    async exec(sql, options = {}) {
      await database.query(sql, [], options);
    },
    async insert(name, table, options = {}) {
      if (!isTable(table)) throw argumentError(`insert: not a table: ${name}`);
      const target = quoteName(name);
      await database.attach(
        name,
        async (session, options) => {
          await loadTable(session, `${session.catalog}.main.${target}`, table, {
            ...options,
            label: `attaching ${name}`,
          });
          return [];
        },
        options,
      );
    },
    async attach(name, step, options = {}) {
      quoteName(name);
      const key = name.toLowerCase();
      if (names.has(key))
        throw argumentError(`a table of this name is attached already: ${name}`, {
          help: "SQL does not tell upper from lower case in names: choose another.",
        });
      names.add(key);
      const entry = {
        name,
        step: (async (session, options) => {
          try {
            return await step(session, options);
          } catch (error) {
            const clean = cleanError(error, "");
            throw clean.name === "QueryError"
              ? queryError(`${name} can't be attached: ${clean.message}`, { cause: error })
              : clean;
          }
        }) as Step,
      };
      if (!session && !opening) {
        steps.push(entry);
        return;
      }
      try {
        await call("", options, async () => {
          const current = await open(options);
          lazy.push(...(await entry.step(current, options)));
          steps.push(entry);
        });
      } catch (error) {
        names.delete(key);
        throw error;
      }
    },
    sibling: () => openClient(host),
    async memory() {
      const process = host.process;
      if (!process) return 0;
      const table = await runSql(
        process,
        process.admin,
        "SELECT sum(memory_usage_bytes) AS bytes FROM duckdb_memory()",
      );
      return numbers(table, "bytes")[0] || 0;
    },
    async close() {
      if (closed) return;
      closed = true;
      const current = session ?? (await opening?.catch(() => null)) ?? null;
      session = null;
      steps.length = 0;
      lazy = [];
      if (current) await current.close();
      await host.leave();
    },
    get started() {
      return session !== null && session.process.isAlive();
    },
  };
  return database;
}
