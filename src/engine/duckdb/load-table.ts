import { argumentError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { columnKind, columnNames, levelsOf, tableToBytes, type Table } from "../../tables/index.ts";
import { quoteName, quoteText } from "./quote.ts";
import type { Session } from "./session.ts";

/** Bytes of one IPC message, roughly: what is in memory twice while a table goes in. */
const batchBytes = 16 * 1024 * 1024;
/** A factor with more text in its levels than this goes in as plain text. */
const maxLevelText = 32768;

/**
 * Puts a table into DuckDB as `target` (quoted, qualified), in batches, all or nothing. Factors become ENUMs with their
 * levels in order, so that ORDER BY follows them; everything else crosses as Arrow IPC bytes.
 */
export async function loadTable(
  session: Session,
  target: string,
  table: Table,
  { signal, onProgress, label = "attaching a table" }: CallOptions & { label?: string } = {},
): Promise<void> {
  const names = columnNames(table);
  checkColumns(target, names);
  const staging = session.stagingName();
  const rowsPerBatch = Math.max(1024, Math.floor(batchBytes / (names.length * 12)));
  try {
    let done = 0;
    do {
      throwIfAborted(signal);
      const end = Math.min(table.numRows, done + rowsPerBatch);
      const part = done === 0 && end === table.numRows ? table : table.slice(done, end);
      await session.insertBytes(staging, tableToBytes(part), done === 0);
      done = end;
      onProgress?.({ label, done, total: table.numRows });
    } while (done < table.numRows);
    await session.run(
      `CREATE TABLE ${target} AS SELECT ${selection(table, names)} FROM ${staging}`,
      signal,
    );
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${staging}`);
  }
}

/** The columns as they are, factors cast to ENUMs of their levels. */
function selection(table: Table, names: readonly string[]): string {
  return names
    .map((name, j) => {
      const quoted = quoteName(name);
      if (columnKind(table.getChildAt(j)!) !== "factor") return quoted;
      const { levels } = levelsOf(table, name);
      const list = levels.map(quoteText).join(", ");
      const usable =
        levels.length > 0 &&
        list.length <= maxLevelText &&
        new Set(levels).size === levels.length &&
        levels.every((level) => level !== "" && !level.includes("\0"));
      return usable ? `${quoted}::ENUM(${list}) AS ${quoted}` : `${quoted}::VARCHAR AS ${quoted}`;
    })
    .join(", ");
}

function checkColumns(target: string, names: readonly string[]): void {
  if (names.length === 0)
    throw argumentError(`a table without columns can't be attached: ${target}`);
  const seen = new Map<string, string>();
  for (const name of names) {
    quoteName(name);
    const key = name.toLowerCase();
    const other = seen.get(key);
    if (other !== undefined)
      throw argumentError(`two columns have one name in SQL: ${other} and ${name}`, {
        help: "SQL does not tell upper from lower case in names: rename one of them.",
      });
    seen.set(key, name);
  }
}
