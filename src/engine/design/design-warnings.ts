import { columnKind, columnNames, levelsOf, type Table } from "../../tables/index.ts";
import { findDonors } from "./find-donors.ts";
import type { Design, FactorVariable } from "./types.ts";

/**
 * What a reader should know before trusting a design: its own warnings, samples that share a donor which neither
 * design nor `block` (a column) knows, and factors that can't be told apart from another column.
 */
export function designWarnings(samples: Table, design: Design, block?: string): string[] {
  return [
    ...design.warnings,
    ...sharedDonors(samples, design, block),
    ...confounded(samples, design, block),
  ];
}

function sharedDonors(samples: Table, design: Design, block: string | undefined): string[] {
  const donors = findDonors(samples);
  if (!donors || donors.n >= design.nSamples) return [];
  if (donors.column === block || design.variables.some((v) => v.column === donors.column))
    return [];
  return [
    `${design.nSamples} samples come from ${donors.n} ${donors.n === 1 ? "donor" : "donors"} (column ${donors.column}), which the design does not know: samples of one donor are alike, so p-values are too small.`,
  ];
}

function confounded(samples: Table, design: Design, block: string | undefined): string[] {
  const factors = design.variables.filter((v): v is FactorVariable => v.kind === "factor");
  const donor = findDonors(samples)?.column;
  const known = new Set(["sample_id", donor, block, ...design.variables.map((v) => v.column)]);
  const groupings = columnNames(samples).flatMap((name, j) => {
    if (name === "sample_id" || columnKind(samples.getChildAt(j)!) === "date") return [];
    const { codes } = levelsOf(samples, name);
    const used = new Set(codes);
    // A name of every sample, or of none, says nothing; nor does one with missing values.
    if (used.has(-1) || used.size < 2 || used.size > design.nSamples / 2) return [];
    return [{ name, codes }];
  });
  const out: string[] = [];
  for (const { name, codes } of groupings) {
    if (known.has(name)) continue;
    for (const factor of factors) {
      if (!decides(codes, factor.codes)) continue;
      // A name for combinations of this factor and another column is no confounder.
      const combines = groupings.some(
        (other) =>
          decides(codes, other.codes) &&
          !decides(other.codes, codes) &&
          !decides(factor.codes, other.codes) &&
          decides(crossed(factor.codes, other.codes), codes),
      );
      if (combines) continue;
      out.push(
        `${factor.column} and ${name} can't be told apart: every ${name} has one ${factor.column}, so a difference between groups may be either.`,
      );
    }
  }
  return out;
}

/** True where samples of the same `a` always have the same `b`. */
function decides(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const seen = new Map<number, number>();
  for (let s = 0; s < a.length; ++s) {
    const before = seen.get(a[s]);
    if (before === undefined) seen.set(a[s], b[s]);
    else if (before !== b[s]) return false;
  }
  return true;
}

/** One code for each combination of two groupings. */
function crossed(a: ArrayLike<number>, b: ArrayLike<number>): Int32Array {
  const width = Math.max(...Array.from(b)) + 1;
  return Int32Array.from(a, (code, s) => code * width + b[s]);
}
