import type { Variable } from "./types.ts";

type Coding = "contrasts" | "full" | "covariate";

/**
 * How each variable of each term is coded, by R's rule: a factor leaves its reference out where the term without it is in
 * the model (the empty term always counts), else it has a column a level. Without an intercept the first factor
 * that stands in a term has a column a level.
 */
export function codeTerms(
  terms: readonly (readonly number[])[],
  variables: readonly Variable[],
  intercept: boolean,
): Coding[][] {
  const present = new Set(["", ...terms.map((term) => term.join(","))]);
  const coding = terms.map((term) =>
    term.map((v): Coding => {
      if (variables[v].kind === "covariate") return "covariate";
      return present.has(term.filter((other) => other !== v).join(",")) ? "contrasts" : "full";
    }),
  );
  if (!intercept) {
    const t = terms.findIndex((term) => term.some((v) => variables[v].kind === "factor"));
    if (t >= 0) coding[t][terms[t].findIndex((v) => variables[v].kind === "factor")] = "full";
  }
  return coding;
}
