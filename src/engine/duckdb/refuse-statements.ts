import { queryError } from "../../base/errors.ts";
import type { Statement } from "./bind-parameters.ts";

/** The longest SQL text that is run: DuckDB's build for browsers breaks down beyond about 128 KB. */
export const maxSqlLength = 100_000;

/** Refuses a text that is too long to run. */
export function refuseLongText(sql: string): void {
  const bytes = sql.length > maxSqlLength / 4 ? new TextEncoder().encode(sql).length : 0;
  if (bytes <= maxSqlLength) return;
  throw queryError(`sql is too long: ${bytes.toLocaleString("en")} bytes`, {
    sql: `${sql.slice(0, 2000)}…`,
    help: `A query has at most ${maxSqlLength.toLocaleString("en")} bytes. Attach data as a table with DuckDBClient.of instead of writing it into the query.`,
  });
}

const outside = new Map([
  ["INSTALL", "extensions can't be installed"],
  ["FORCE INSTALL", "extensions can't be installed"],
  ["UPDATE EXTENSIONS", "extensions can't be installed"],
  ["LOAD", "extensions can't be loaded"],
  ["EXPORT", "SQL can't write files"],
  ["IMPORT", "SQL can't read files"],
]);

const profiling =
  /^(?:enable_profil|enable_profile|profiling_|profile_|custom_profiling|enable_log|log_|logging_)/i;

/**
 * Refuses statements that would reach for the network or for files, or that change the database's own settings, before
 * they run. What is missed here ends at DuckDB's locked configuration or at the worker's shim.
 */
export function refuseStatements(sql: string, statements: readonly Statement[]): void {
  for (const { head, start } of statements) {
    const [first, second] = head;
    const both = `${first} ${second}`.trim();
    const reason = outside.get(first) ?? outside.get(both);
    if (reason)
      throw queryError(`${reason}: ${both}`, {
        sql,
        ...positionOf(sql, start),
        help: "The database works on this page's own data only, without extensions and without a network.",
      });
    if (["PRAGMA", "SET", "CALL"].includes(first) && profiling.test(second))
      throw queryError(`this setting can't be changed: ${second.toLowerCase()}`, {
        sql,
        ...positionOf(sql, start),
        help: "Use EXPLAIN ANALYZE to see where a query spends its time.",
      });
  }
}

function positionOf(sql: string, byte: number): { line: number; column: number } {
  const before = new TextDecoder().decode(new TextEncoder().encode(sql).subarray(0, byte));
  const lines = before.split("\n");
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
