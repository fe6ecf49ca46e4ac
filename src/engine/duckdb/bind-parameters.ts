import { argumentError } from "../../base/errors.ts";
import { isList, literal } from "./literal.ts";

/** DuckDB's own tokens of a text: byte offsets of token starts (comments and blanks have none), and token types. */
export interface Tokens {
  readonly offsets: readonly number[];
  readonly types: readonly number[];
}

/** One statement of a script: its first two tokens in upper case, and where it starts and ends (before its `;`), in bytes. */
export interface Statement {
  readonly head: readonly [string, string];
  readonly start: number;
  readonly end: number;
}

/** A query with its parameters written in, and the lists that were too long for that. */
export interface BoundQuery {
  readonly sql: string;
  readonly lists: readonly { readonly name: string; readonly values: readonly unknown[] }[];
}

/** DuckDB's token type of operators and punctuation. */
const operator = 3;
/** A list or text whose literals take more characters than this goes in as a table. */
const inlineLimit = 16384;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The statements of a script, by DuckDB's own tokens. */
export function statementsOf(sql: string, { offsets, types }: Tokens): Statement[] {
  const bytes = encoder.encode(sql);
  const out: Statement[] = [];
  let k = 0;
  while (k < offsets.length) {
    const at = offsets[k];
    if (types[k] === operator && bytes[at] === 0x3b) {
      ++k;
      continue;
    }
    const second = k + 1 < offsets.length ? word(bytes, offsets[k + 1]) : "";
    while (k < offsets.length && !(types[k] === operator && bytes[offsets[k]] === 0x3b)) ++k;
    const end = k < offsets.length ? offsets[k] : bytes.length;
    out.push({ head: [word(bytes, at), second], start: at, end });
  }
  return out;
}

/**
 * The query with its parameters written in as literals where DuckDB's tokens say that a placeholder stands: `?` takes them
 * in order, `$1` by number. A list after IN, as `IN (?)` or `IN ?`, becomes the values of that IN (an empty one matches
 * nothing); anywhere else, as in `list_contains(?, x)` or `unnest(?)`, it is a SQL list. What is longer than 16 KB
 * is handed back to be inserted as a table, named by `tableName`, with a subquery in its place.
 */
export function bindParameters(
  sql: string,
  params: readonly unknown[],
  tokens: Tokens,
  tableName: (k: number) => string,
): BoundQuery {
  const bytes = encoder.encode(sql);
  const { offsets, types } = tokens;
  const lists: { name: string; values: readonly unknown[] }[] = [];
  const used = new Set<number>();
  const parts: string[] = [];
  let from = 0;
  let next = 0;
  for (let k = 0; k < offsets.length; ++k) {
    if (types[k] !== operator) continue;
    const at = offsets[k];
    const placeholder = placeholderAt(bytes, at);
    if (!placeholder) continue;
    const index = placeholder.index ?? next++;
    if (index >= params.length)
      throw argumentError(
        `query: ${params.length} parameter${params.length === 1 ? "" : "s"} for at least ${index + 1} placeholders: ${placeholder.text}`,
        { sql, help: "Give one value for every ? of the query, in order." },
      );
    used.add(index);
    const alone =
      k > 0 &&
      bytes[offsets[k - 1]] === 0x28 &&
      k + 1 < offsets.length &&
      bytes[offsets[k + 1]] === 0x29;
    const inside = alone && k > 1 && word(bytes, offsets[k - 2]) === "IN";
    const bare = k > 0 && word(bytes, offsets[k - 1]) === "IN" && isList(params[index]);
    const text = written(params[index], inside || bare);
    parts.push(decoder.decode(bytes.subarray(from, at)), bare ? `(${text})` : text);
    from = at + placeholder.text.length;
  }
  if (used.size < params.length) {
    const unused = params.findIndex((_, i) => !used.has(i));
    throw argumentError(
      `query: more parameters than placeholders: ${params.length} for ${used.size}`,
      {
        sql,
        help: `Nothing in the query takes parameter ${unused + 1}; write ? where it belongs.`,
      },
    );
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return { sql: parts.join(""), lists };

  function written(value: unknown, afterIn: boolean): string {
    if (!isList(value)) {
      const text = literal(value);
      return text.length > inlineLimit ? `(SELECT value FROM ${stored([value])})` : text;
    }
    const values = Array.from(value);
    if (values.length === 0) return afterIn ? "SELECT NULL WHERE false" : "[]";
    const small = values.length <= inlineLimit / 4;
    const text = small ? values.map(element).join(", ") : "";
    if (small && text.length <= inlineLimit) return afterIn ? text : `[${text}]`;
    if (values.some(isList)) throw argumentError("query: a list of lists is too long: parameter");
    const table = stored(values);
    return afterIn ? `SELECT value FROM ${table}` : `(SELECT list(value) FROM ${table})`;
  }

  function stored(values: readonly unknown[]): string {
    const name = tableName(lists.length);
    lists.push({ name, values });
    return name;
  }
}

function element(value: unknown): string {
  return isList(value) ? `[${Array.from(value, element).join(", ")}]` : literal(value);
}

function placeholderAt(
  bytes: Uint8Array,
  at: number,
): { text: string; index: number | null } | null {
  if (bytes[at] === 0x3f) {
    // `?1` is DuckDB's numbered form; a second ? makes an operator that is none of ours.
    const digits = digitsAt(bytes, at + 1);
    return { text: `?${digits}`, index: digits ? Number(digits) - 1 : null };
  }
  if (bytes[at] === 0x24) {
    const digits = digitsAt(bytes, at + 1);
    if (digits && Number(digits) > 0) return { text: `$${digits}`, index: Number(digits) - 1 };
  }
  return null;
}

function digitsAt(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let i = at; i < bytes.length && bytes[i] >= 0x30 && bytes[i] <= 0x39; ++i)
    text += String.fromCharCode(bytes[i]);
  return text;
}

function word(bytes: Uint8Array, at: number): string {
  let end = at;
  while (end < bytes.length && end - at < 64 && /\w/.test(String.fromCharCode(bytes[end]))) ++end;
  return decoder.decode(bytes.subarray(at, Math.max(end, at + 1))).toUpperCase();
}
