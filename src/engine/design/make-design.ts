import { argumentError } from "../../base/errors.ts";
import { strings, type Table } from "../../tables/index.ts";
import { codeTerms } from "./code-terms.ts";
import { findAliased, type Aliased } from "./find-aliased.ts";
import { makeVariable } from "./make-variable.ts";
import { coefficientNames, modelRow } from "./model-row.ts";
import { parseFormula } from "./parse-formula.ts";
import type { Design, Reference, Variable } from "./types.ts";

/**
 * The model matrix of a formula over samples, with treatment coding and R's column names. `reference` puts a level of a
 * column first. A design whose columns are not independent is an error that names the aliased coefficients and the
 * samples that have them.
 */
export function makeDesign(
  samples: Table,
  formula: string,
  { reference = {} }: { reference?: Reference } = {},
): Design {
  const { text, intercept, variables: named, terms } = parseFormula(formula);
  for (const name of Object.keys(reference))
    if (!named.some((v) => v.column === name))
      throw argumentError(`reference of a column that the design does not have: ${name}`, {
        help: `The design is ${text}.`,
      });
  const variables = named.map((v) => makeVariable(samples, v, reference[v.column]));
  const coding = codeTerms(terms, variables, intercept);
  const parts = { variables, terms, coding, intercept };
  const { names: coefficients, termOf } = coefficientNames(parts);
  if (coefficients.length === 0)
    throw argumentError(`the design has no coefficient: ${text}`, { help: "The least is ~ 1." });
  const nSamples = samples.numRows;
  const nCoefficients = coefficients.length;
  const matrix = new Float64Array(nSamples * nCoefficients);
  for (let s = 0; s < nSamples; ++s)
    matrix.set(
      modelRow(parts, (v) => valueAt(variables[v], s)),
      s * nCoefficients,
    );
  const sampleIds = strings(samples, "sample_id") as string[];
  const aliased = findAliased(matrix, nSamples, nCoefficients);
  if (aliased.length) throw rankDeficient(aliased, coefficients, matrix, sampleIds);
  return {
    formula: text,
    ...parts,
    coefficients,
    termOf,
    matrix,
    nSamples,
    nCoefficients,
    sampleIds,
    warnings: variables.flatMap(fewWholeValues),
  };
}

function valueAt(variable: Variable, sample: number): number {
  return variable.kind === "factor" ? variable.codes[sample] : variable.values[sample];
}

/** A covariate of few whole values is most often meant as groups. */
function fewWholeValues(variable: Variable): string[] {
  if (variable.kind === "factor") return [];
  const distinct = [...new Set(variable.values)].sort((a, b) => a - b);
  if (distinct.length > 6 || !distinct.every(Number.isInteger)) return [];
  return [
    `${variable.label} is used as a number (${distinct.join(", ")}): one slope, the same step from each to the next. Write factor(${variable.label}) to compare its values as groups.`,
  ];
}

function rankDeficient(
  aliased: readonly Aliased[],
  names: readonly string[],
  matrix: Float64Array,
  ids: readonly string[],
): Error {
  const help = aliased.slice(0, 4).map(({ column, parts }) => {
    const having = ids.filter((_, s) => matrix[s * names.length + column] !== 0);
    if (having.length === 0) return `No sample has ${names[column]}.`;
    const sum = parts.map(({ column: j, weight }, i) => {
      const size = Math.abs(weight);
      const sign = weight < 0 ? (i ? " - " : "-") : i ? " + " : "";
      return `${sign}${Math.abs(size - 1) < 1e-7 ? "" : `${Number(size.toPrecision(6))} × `}${names[j]}`;
    });
    const some = having.slice(0, 8).join(", ") + (having.length > 8 ? ", …" : "");
    return `${names[column]} is the same as ${sum.join("")}; it stands for ${having.length === ids.length ? "all samples" : some}.`;
  });
  return argumentError(
    `the design's columns are not independent: ${aliased.map(({ column }) => names[column]).join(", ")}`,
    { help: `${help.join(" ")} Leave a term out of the design, or take other samples.` },
  );
}
