import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  hasColumn,
  levelsOf,
  numbers,
  strings,
  type Table,
} from "../../tables/index.ts";
import type { FormulaVariable, Level, Variable } from "./types.ts";

/**
 * A variable of a formula from its column of samples. Text, factors and booleans (levels FALSE, TRUE) are factors, and whatever
 * stands in `factor()`; numbers are covariates. Levels come in the column's stated order, else by code point, numbers by
 * size; those without samples are left out; `reference` comes first. A missing value is an error that names its samples.
 */
export function makeVariable(
  samples: Table,
  { label, column: name, forced }: FormulaVariable,
  reference: Level | undefined,
): Variable {
  if (!hasColumn(samples, name)) throw noColumn(samples, name);
  const kind = columnKind(column(samples, name));
  if (kind === "date" || kind === "other")
    throw argumentError(`the design can't use column ${name}: it holds ${kind} values`, {
      help: "Make it text or numbers first, with withSamples.",
    });
  if (!forced && (kind === "number" || kind === "integer")) {
    if (reference !== undefined)
      throw argumentError(`reference of a column of numbers: ${name}`, {
        help: `Write factor(${name}) in the design to compare its values as groups.`,
      });
    const values = numbers(samples, name);
    refuseMissing(samples, name, (s) => !Number.isFinite(values[s]));
    return { kind: "covariate", label, column: name, values };
  }
  const all = kind === "boolean" ? booleanLevels(samples, name) : levelsOf(samples, name);
  refuseMissing(samples, name, (s) => all.codes[s] < 0);
  const used = all.levels.map((_, k) => all.codes.includes(k));
  let levels = all.levels.filter((_, k) => used[k]);
  if (reference !== undefined) {
    const first = levelNamed(levels, reference);
    if (first === undefined)
      throw argumentError(`no sample has the reference of ${name}: ${String(reference)}`, {
        help: `Its levels are ${levels.join(", ")}.`,
      });
    levels = [first, ...levels.filter((level) => level !== first)];
  }
  if (levels.length < 2)
    throw argumentError(`the design needs two levels or more of ${name}: ${levels.join(", ")}`, {
      help: "All samples have the same; leave it out of the design or take other samples.",
    });
  const index = new Map(levels.map((level, k) => [level, k]));
  const codes = all.codes.map((code) => index.get(all.levels[code])!);
  return { kind: "factor", label, column: name, levels, codes };
}

/** The level that a reader's value means: the same text, TRUE and FALSE in any case. */
export function levelNamed(levels: readonly string[], value: Level): string | undefined {
  const text = String(value);
  if (levels.includes(text)) return text;
  const booleans = levels.every((level) => level === "TRUE" || level === "FALSE");
  return booleans ? levels.find((level) => level.toLowerCase() === text.toLowerCase()) : undefined;
}

function booleanLevels(samples: Table, name: string): { codes: Int32Array; levels: string[] } {
  const codes = Int32Array.from(strings(samples, name), (v) =>
    v === null ? -1 : v === "true" ? 1 : 0,
  );
  return { codes, levels: ["FALSE", "TRUE"] };
}

function refuseMissing(samples: Table, name: string, missing: (s: number) => boolean): void {
  const ids = strings(samples, "sample_id").filter((_, s) => missing(s));
  if (ids.length === 0) return;
  const some = ids.slice(0, 5).join(", ") + (ids.length > 5 ? ` and ${ids.length - 5} more` : "");
  throw argumentError(`${name} is missing for samples of the design: ${some}`, {
    help: "Leave these samples out with filterSamples, or the column out of the design.",
  });
}

function noColumn(samples: Table, name: string): Error {
  const names = columnNames(samples);
  const near = nearestName(name, names);
  return argumentError(`the design names no column of samples: ${name}`, {
    help: `${near ? `Did you mean ${near}? ` : ""}Columns are ${names.slice(0, 30).join(", ")}.`,
  });
}
