import type { Source } from "./source.ts";

/** Rows sorted into named groups. */
export interface Groups {
  /** The column; null where all rows are one group. */
  readonly name: string | null;
  readonly levels: readonly string[];
  /** Level of every row. */
  readonly codes: Int32Array;
}

/** What rows without a value are called. */
export const missingLabel = "(missing)";

/** The groups of a column: levels that occur, in their order; rows without a value form a last group. All rows are one group for null. */
export function groupBy(source: Source, name: string | null): Groups {
  if (name === null) return { name, levels: ["all samples"], codes: new Int32Array(source.length) };
  const { codes, levels } = source.levels(name);
  const used = new Uint8Array(levels.length);
  let missing = false;
  for (const code of codes) {
    if (code < 0) missing = true;
    else used[code] = 1;
  }
  const place = new Int32Array(levels.length);
  const kept: string[] = [];
  levels.forEach((level, i) => {
    place[i] = kept.length;
    if (used[i]) kept.push(level);
  });
  const last = kept.length;
  if (missing) kept.push(missingLabel);
  return { name, levels: kept, codes: codes.map((code) => (code < 0 ? last : place[code])) };
}
