import { EngrailedError, isAbortError, queryError, type ErrorDetails } from "../../base/errors.ts";

/**
 * What DuckDB threw, as a QueryError: its message without class, echo of the query and stack, with line and column where DuckDB
 * told them, and what to do where that is known. Errors that are already ours stay as they are.
 */
export function cleanError(thrown: unknown, sql: string): Error {
  if (thrown instanceof EngrailedError || isAbortError(thrown)) return thrown as Error;
  const raw = thrown instanceof Error ? thrown.message : String(thrown);
  const { message, position } = parse(raw);
  const place = lineOf(message) ?? (position === null ? null : placeOf(sql, position));
  const text = message
    .replace(/\n+LINE \d+: [\s\S]*$/, "")
    .replace(/^(?:[A-Z]\w*(?: [A-Z]\w*)* )?Error: /, "")
    .trim();
  const details: ErrorDetails = { sql, ...place };
  const extension = /exists in the (\w+) extension|extension ["'](\w+)["']/i.exec(text);
  if (extension) {
    const name = extension[1] ?? extension[2];
    const what = text.split("\n")[0].replace(/, but it exists in the \w+ extension\.?$/, "");
    return queryError(`${lower(what)}: it is part of DuckDB's ${name} extension`, {
      ...details,
      help:
        extensionHelp[name] ??
        "No extension of DuckDB is carried here, since they load from the network.",
    });
  }
  if (
    /file system operations are disabled|extensions? (?:has been|is) disabled|can't reach the network/i.test(
      text,
    )
  )
    return queryError(`SQL can't reach files or the network: ${firstQuoted(text)}`, {
      ...details,
      help: "Read the file with FileAttachment or readTable, and hand the table to DuckDBClient.of.",
    });
  if (/configuration has been locked/i.test(text))
    return queryError(`this setting can't be changed: ${firstQuoted(text)}`, {
      ...details,
      help: "The database's settings are fixed when it opens, so that no query can reach out of the page.",
    });
  if (/out of memory|could not allocate|failed to allocate|memory access out of bounds/i.test(text))
    return queryError(
      `the query needs more memory than the browser gives: ${text.split("\n")[0]}`,
      {
        ...details,
        help: "Select fewer columns or rows, or aggregate before joining.",
      },
    );
  if (/^current transaction is aborted/i.test(text))
    return queryError("the transaction failed at an earlier statement", {
      ...details,
      help: "It has been rolled back: run its statements again from BEGIN.",
    });
  const [first, ...rest] = text.split("\n").filter((line) => line.trim() !== "");
  const hint = rest.join(" ").trim();
  return queryError(
    lower(first ?? "the query failed"),
    hint ? { ...details, help: hint } : details,
  );
}

const extensionHelp: Readonly<Record<string, string>> = {
  parquet:
    "Read the file with FileAttachment(name).parquet() or readTable, and hand the table to DuckDBClient.of.",
  json: "Turn the JSON into an array of objects in a JavaScript cell, and hand that to DuckDBClient.of.",
  icu: "Time zones and the current date are not there; pass `new Date()` as a parameter.",
  httpfs: "SQL can't reach the network here. Attach the file to the notebook instead.",
};

function parse(raw: string): { message: string; position: number | null } {
  if (raw.startsWith("{")) {
    try {
      const plain = JSON.parse(raw) as {
        exception_message?: string;
        position?: string;
      };
      if (typeof plain.exception_message === "string")
        return {
          message: plain.exception_message,
          position: plain.position === undefined ? null : Number(plain.position),
        };
    } catch {
      return { message: raw, position: null };
    }
  }
  return { message: raw, position: null };
}

/** Line and column of DuckDB's own `LINE n: …` with a caret below. */
function lineOf(message: string): { line: number; column?: number } | null {
  const match = /\nLINE (\d+): (.*)\n( *)\^/.exec(message);
  if (!match) return null;
  const line = Number(match[1]);
  const prefix = `LINE ${line}: `.length;
  // A long line is cut on both sides with dots, and then the caret tells no column.
  if (match[2].startsWith("...")) return { line };
  return { line, column: Math.max(1, match[3].length - prefix + 1) };
}

function placeOf(sql: string, position: number): { line: number; column: number } | null {
  if (!Number.isInteger(position) || position < 0) return null;
  const bytes = new TextEncoder().encode(sql);
  const lines = new TextDecoder().decode(bytes.subarray(0, position)).split("\n");
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

function firstQuoted(text: string): string {
  return /["']([^"']+)["']/.exec(text)?.[1] ?? text.split("\n")[0];
}

/** Starts in lowercase unless the first word is a name or an abbreviation. */
function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
