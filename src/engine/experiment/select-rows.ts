import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { column, columnKind, levelsOf, type Table } from "../../tables/index.ts";
import type { Selection, Where, WhereValue } from "./types.ts";

/** Columns of more distinct values are lists of names, in which a wanted one may be absent. */
const fewValues = 100;

/**
 * The mask (1 keep, 0 drop) of the rows at which every column of `where` has its value or one of its values. Numbers
 * compare as numbers, null selects missing. An unknown column is an error; so is a value that never occurs in a text
 * column of up to 100 distinct values (a misspelt group), or a list of which nothing occurs in a longer one.
 */
export function selectRows(table: Table, where: Where): Uint8Array {
  if (typeof where !== "object" || where === null || Array.isArray(where))
    throw argumentError(`where must be {column: value}: ${String(where)}`);
  const mask = new Uint8Array(table.numRows).fill(1);
  for (const [name, wanted] of Object.entries(where)) {
    const vector = column(table, name);
    const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly WhereValue[];
    for (const value of values)
      if (value !== null && !["string", "number", "boolean"].includes(typeof value))
        throw argumentError(`where: invalid value of ${name}: ${String(value)}`, {
          help: "It is text, a number, true, false or null, or a list of these.",
        });
    const kind = columnKind(vector);
    if (kind === "string" || kind === "factor") selectText(table, name, values, mask);
    else {
      const chosen = new Set(kind === "boolean" ? values : values.map(asNumber));
      for (let i = 0; i < mask.length; ++i) {
        const value: unknown = vector.get(i) ?? null;
        if (!chosen.has(value === null || kind === "boolean" ? (value as null) : Number(value)))
          mask[i] = 0;
      }
    }
  }
  return mask;
}

function asNumber(value: WhereValue): WhereValue {
  return typeof value === "string" && value.trim() !== "" ? Number(value) : value;
}

function selectText(
  table: Table,
  name: string,
  values: readonly WhereValue[],
  mask: Uint8Array,
): void {
  const { codes, levels } = levelsOf(table, name);
  const index = new Map(levels.map((level, i) => [level, i]));
  const keep = new Uint8Array(levels.length + 1);
  let found = 0;
  for (const value of values) {
    const code = value === null ? levels.length : index.get(String(value));
    if (code !== undefined) {
      keep[code] = 1;
      ++found;
    } else if (levels.length <= fewValues) throw absent(name, String(value), levels);
  }
  if (found === 0 && values.length > 0) throw absent(name, String(values[0]), levels);
  for (let i = 0; i < mask.length; ++i)
    if (keep[codes[i] < 0 ? levels.length : codes[i]] === 0) mask[i] = 0;
}

function absent(name: string, value: string, levels: readonly string[]) {
  const near = nearestName(value, levels);
  const some = levels.slice(0, 20).join(", ");
  return argumentError(`no such value of ${name}: ${value}`, {
    help: `${near === undefined ? "" : `Did you mean ${near}? `}It has ${some}${levels.length > 20 ? "…" : ""}.`,
  });
}

/**
 * Any selection as row indices, ascending for masks and `Where`, in the stated order for indices. A mask of another
 * length, and an index that is no row or stands twice, are errors.
 */
export function selectedRows(table: Table, selection: Selection): Int32Array {
  const n = table.numRows;
  const isList = Array.isArray(selection);
  if (selection instanceof Int32Array || (isList && typeof selection[0] !== "boolean")) {
    const indices = Int32Array.from(selection as ArrayLike<number>);
    const seen = new Uint8Array(n);
    for (let i = 0; i < indices.length; ++i) {
      const wanted = (selection as ArrayLike<number>)[i];
      if (wanted !== indices[i] || wanted < 0 || wanted >= n)
        throw argumentError(`no such row: ${String(wanted)}`, { help: `There are ${n} rows.` });
      if (seen[wanted]++) throw argumentError(`row is chosen twice: ${wanted}`);
    }
    return indices;
  }
  const mask =
    selection instanceof Uint8Array || isList
      ? (selection as ArrayLike<number | boolean>)
      : selectRows(table, selection as Where);
  if (mask.length !== n)
    throw argumentError(`the mask has ${mask.length} entries, not ${n}: ${mask.length}`);
  let kept = 0;
  for (let i = 0; i < n; ++i) if (mask[i]) ++kept;
  const indices = new Int32Array(kept);
  for (let i = 0, k = 0; i < n; ++i) if (mask[i]) indices[k++] = i;
  return indices;
}
