import { isAbortError, queryError } from "../../base/errors.ts";
import type { Table } from "../../tables/index.ts";
import { statementsOf } from "./bind-parameters.ts";
import { isSelect, planEnums } from "./enum-columns.ts";
import type { Session } from "./session.ts";

/**
 * Runs a script on the client's connection, statement by statement, and returns the last one's result. Earlier statements
 * are blanked out of a later one's text, so that errors keep their line and column.
 */
export async function runScript(
  session: Session,
  sql: string,
  signal?: AbortSignal,
): Promise<Table> {
  const { db, guard } = session.process;
  const statements = statementsOf(sql, await guard(db.tokenize(sql)));
  // A text that DuckDB can't even tokenise is left for its parser to explain.
  if (statements.length === 0) return session.runQuery(sql, signal);
  const bytes = new TextEncoder().encode(sql);
  const decoder = new TextDecoder();
  for (let k = 0; ; ++k) {
    const { head, start, end } = statements[k];
    const before = decoder.decode(bytes.subarray(0, start)).replace(/[^\n]/g, " ");
    const text = before + decoder.decode(bytes.subarray(start, end));
    if (k < statements.length - 1) await session.runQuery(text, signal);
    else if (isSelect(head[0], text)) return runSelect(session, text, signal);
    else return readWritten(session, text, signal);
  }
}

/** A statement that may write, and so runs once, whatever becomes of what it returns. */
async function readWritten(session: Session, sql: string, signal?: AbortSignal): Promise<Table> {
  try {
    return await session.runQuery(sql, signal);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "WorkError") throw error;
    throw queryError("the statement was carried out, but an ENUM that it returns can't be read", {
      sql,
      help: "Cast it in RETURNING, as in RETURNING name::VARCHAR.",
    });
  }
}

async function runSelect(session: Session, sql: string, signal?: AbortSignal): Promise<Table> {
  let described: Table;
  try {
    described = await session.runQuery(`DESCRIBE ${sql}`, signal);
  } catch (error) {
    if (isAbortError(error)) throw error;
    // The query itself says what is wrong, with the right position.
    return session.runQuery(sql, signal);
  }
  const plan = planEnums(sql, described);
  return plan
    ? plan.restore(await session.runQuery(plan.sql, signal))
    : session.runQuery(sql, signal);
}
