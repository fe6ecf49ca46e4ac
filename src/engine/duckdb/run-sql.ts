import { abortError, queryError } from "../../base/errors.ts";
import { plainTable, tableFromBytes, type Table } from "../../tables/index.ts";
import type { DuckDBProcess } from "./start-duckdb.ts";

/** The largest result handed over, in bytes as they come from DuckDB. */
export const maxResultBytes = 768 * 1024 * 1024;

/**
 * Runs a script on a connection and returns the last statement's result. Aborting the signal cancels it in DuckDB (10 to 130 ms);
 * it rejects with AbortError once DuckDB has let go of the query. Throws DuckDB's own errors.
 */
export async function runSql(
  { db, guard }: DuckDBProcess,
  connection: number,
  sql: string,
  signal?: AbortSignal,
): Promise<Table> {
  if (signal?.aborted) throw abortError();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    db.cancelPendingQuery(connection).catch(() => {});
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const parts: Uint8Array[] = [];
    let header = await guard(db.startPendingQuery(connection, sql, true));
    while (header === null || header === undefined) {
      if (stopped) throw abortError();
      header = await guard(db.pollPendingQuery(connection));
    }
    let bytes = header.length;
    parts.push(header);
    for (;;) {
      if (stopped) throw abortError();
      const part = await guard(db.fetchQueryResults(connection));
      if (part === null || part === undefined) continue;
      if (part.length === 0) break;
      parts.push(part);
      bytes += part.length;
      if (bytes > maxResultBytes) {
        await db.cancelPendingQuery(connection);
        throw queryError(`the result is too large: over ${maxResultBytes >> 20} MB`, {
          sql,
          help: "Select fewer columns or rows, or aggregate in the query.",
        });
      }
    }
    return plainTable(tableFromBytes(joined(parts, bytes)));
  } catch (error) {
    if (stopped) throw abortError();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
