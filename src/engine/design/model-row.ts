import type { Design } from "./types.ts";

type Coded = Pick<Design, "variables" | "terms" | "coding" | "intercept">;

/**
 * One row of a model matrix, for any combination of levels and covariates: `value(v)` is the level's index of factor v, or
 * covariate v. Columns within a term run through the levels of its first factor fastest.
 */
export function modelRow(design: Coded, value: (variable: number) => number): number[] {
  const { variables, terms, coding, intercept } = design;
  const row = intercept ? [1] : [];
  terms.forEach((term, t) => {
    let columns = [1];
    term.forEach((v, i) => {
      const variable = variables[v];
      const x = value(v);
      const own =
        variable.kind === "covariate"
          ? [x]
          : variable.levels
              .map((_, k) => (k === x ? 1 : 0))
              .slice(coding[t][i] === "contrasts" ? 1 : 0);
      columns = own.flatMap((y) => columns.map((c) => c * y));
    });
    row.push(...columns);
  });
  return row;
}

/** The names of the columns, as R's model.matrix has them, and the term of each (-1: the intercept). */
export function coefficientNames(design: Coded): { names: string[]; termOf: Int32Array } {
  const { variables, terms, coding, intercept } = design;
  const names = intercept ? ["(Intercept)"] : [];
  const termOf = intercept ? [-1] : [];
  terms.forEach((term, t) => {
    let columns = [""];
    term.forEach((v, i) => {
      const variable = variables[v];
      const own =
        variable.kind === "covariate"
          ? [variable.label]
          : variable.levels
              .slice(coding[t][i] === "contrasts" ? 1 : 0)
              .map((level) => variable.label + level);
      columns = own.flatMap((y) => columns.map((c) => (c === "" ? y : `${c}:${y}`)));
    });
    for (const name of columns) {
      names.push(name);
      termOf.push(t);
    }
  });
  return { names, termOf: Int32Array.from(termOf) };
}
