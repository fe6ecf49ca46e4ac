import { argumentError } from "../../base/errors.ts";
import { findAliased } from "./find-aliased.ts";
import type { Design } from "./types.ts";

/** Refuses a reduced design that is not nested in the full one, or that is as large. */
export function requireNested(full: Design, reduced: Design): void {
  const n = full.nSamples;
  const p = full.nCoefficients;
  const q = reduced.nCoefficients;
  const joined = new Float64Array(n * (p + q));
  for (let s = 0; s < n; ++s) {
    joined.set(full.matrix.subarray(s * p, (s + 1) * p), s * (p + q));
    joined.set(reduced.matrix.subarray(s * q, (s + 1) * q), s * (p + q) + p);
  }
  const aliased = findAliased(joined, n, p + q);
  if (aliased.length < q)
    throw argumentError(`the reduced design is not part of the full one: ${reduced.formula}`, {
      help: `The full design is ${full.formula}; take terms out of it.`,
    });
  if (q >= p)
    throw argumentError(`the reduced design leaves nothing out: ${reduced.formula}`, {
      help: `The full design is ${full.formula}; take terms out of it.`,
    });
}
