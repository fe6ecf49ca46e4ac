import { argumentError } from "../../base/errors.ts";

const maxName = 500;

/** A name as a SQL identifier, always quoted. Refuses what DuckDB can't hold: empty, over 500 characters, NUL or half a surrogate pair. */
export function quoteName(name: string): string {
  if (typeof name !== "string" || name === "")
    throw argumentError(`not a name: ${name === "" ? '""' : String(name)}`, {
      help: "Give the table a name of at least one character.",
    });
  if (name.length > maxName)
    throw argumentError(`name is too long: ${name.slice(0, 40)}… (${name.length} characters)`, {
      help: `A table or column name in SQL has at most ${maxName} characters here.`,
    });
  if (name.includes("\0") || /\p{Surrogate}/u.test(name))
    throw argumentError(`name has a character that SQL can't hold: ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name as one would type it in SQL: bare where that is safe, else quoted. */
export function showName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoteName(name);
}

/** A string as a SQL literal. NUL, which DuckDB's parser ends at, goes through chr(0). */
export function quoteText(text: string): string {
  const parts = text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .split("\0")
    .map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0] : `(${parts.join(" || chr(0) || ")})`;
}

const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc
  describe distinct do else end except false fetch for foreign from grant group having in initially intersect into lambda lateral leading limit
  not null offset on only or order pivot placing primary qualify references returning select show some summarize symmetric table then to trailing
  true union unique unpivot using variadic when where window with anti asof at authorization binary by collation columns concurrently cross
  freeze full generated glob ilike inner is isnull join left like map natural notnull outer overlaps positional right semi similar
  tablesample try_cast values`.split(/\s+/),
);
