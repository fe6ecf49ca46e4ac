import type { Table } from "../../tables/index.ts";
import { runSql } from "./run-sql.ts";
import type { DuckDBProcess } from "./start-duckdb.ts";

/**
 * A client's place in a running DuckDB: a catalog of its own in memory, one connection that its queries run on (so that BEGIN, USE and
 * SET VARIABLE hold from one to the next), and one for what is put in on its behalf, which none of those disturb.
 */
export interface Session {
  /** The client's catalog, quoted. */
  readonly catalog: string;
  readonly process: DuckDBProcess;
  /** Runs on the service connection. Throws DuckDB's own errors. */
  run(sql: string, signal?: AbortSignal): Promise<Table>;
  /** Runs on the connection of the client's queries. */
  runQuery(sql: string, signal?: AbortSignal): Promise<Table>;
  /** Makes (or adds to) a staging table from Arrow IPC stream bytes, which are detached. */
  insertBytes(staging: string, bytes: Uint8Array, create: boolean): Promise<void>;
  /** A table name that nothing else uses. */
  stagingName(): string;
  close(): Promise<void>;
}

let nextSession = 1;

/** Opens a client's catalog and connections in a running DuckDB. */
export async function openSession(process: DuckDBProcess): Promise<Session> {
  const { db, admin, guard } = process;
  // The blank keeps it apart from any schema or table that a reader would name.
  const catalog = `"client ${nextSession++}"`;
  await guard(db.runQuery(admin, `ATTACH ':memory:' AS ${catalog}`));
  const [own, service] = [await guard(db.connectInternal()), await guard(db.connectInternal())];
  for (const connection of [own, service]) await guard(db.runQuery(connection, `USE ${catalog}`));
  let staged = 0;
  return {
    catalog,
    process,
    run: (sql, signal) => runSql(process, service, sql, signal),
    runQuery: (sql, signal) => runSql(process, own, sql, signal),
    async insertBytes(staging, bytes, create) {
      const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
      await guard(db.insertArrowFromIPCStream(service, whole, { name: staging, create }));
    },
    stagingName: () => `engrailed_staging_${++staged}`,
    async close() {
      if (!process.isAlive()) return;
      await db.cancelPendingQuery(own).catch(() => {});
      await db.disconnect(own);
      await db.disconnect(service);
      await db.runQuery(admin, `DETACH ${catalog}`).catch(() => {});
    },
  };
}
