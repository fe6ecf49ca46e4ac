import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { levelNamed } from "./make-variable.ts";
import { modelRow } from "./model-row.ts";
import type {
  Contrast,
  ContrastSpec,
  Design,
  FactorVariable,
  Level,
  LevelChoice,
} from "./types.ts";

/**
 * A contrast as weights of the coefficients. [factor, numerator, denominator] compares levels, also two that are not the
 * reference; either side may be a list of levels, whose mean is meant; the factor may be a combination, "genotype:age", and its
 * levels then "SOD1:P112". Other factors stand at their reference, covariates at 0, which matters only where they interact.
 * A coefficient's name and {coefficient: weight} are taken as they are. What the design can't answer is an error.
 */
export function resolveContrast(design: Design, contrast: ContrastSpec): Contrast {
  if (typeof contrast === "string") return ofCoefficient(design, contrast);
  if (Array.isArray(contrast)) return ofGroups(design, contrast as readonly unknown[]);
  if (typeof contrast === "object" && contrast !== null)
    return ofWeights(design, contrast as Readonly<Record<string, number>>);
  throw invalid(`invalid contrast: ${String(contrast)}`);
}

function ofCoefficient(design: Design, name: string): Contrast {
  const coefficient = coefficientNamed(design, name);
  const weights = new Float64Array(design.nCoefficients);
  weights[coefficient] = 1;
  const term = design.terms[design.termOf[coefficient]];
  const variable = term?.length === 1 ? design.variables[term[0]] : undefined;
  if (variable?.kind === "factor" && design.coding[design.termOf[coefficient]][0] === "contrasts") {
    const level = variable.levels.find((l) => variable.label + l === name)!;
    return ofGroups(design, [variable.label, level, variable.levels[0]]);
  }
  const words =
    variable?.kind === "covariate"
      ? `${variable.label}: positive means higher as ${variable.label} grows, per unit`
      : term && term.length > 1
        ? `${name}: positive means that the effects of ${term.map((v) => design.variables[v].label).join(" and ")} together are higher than their sum`
        : `${name}: positive means above 0`;
  return { weights, coefficient, name, words, groups: null };
}

function ofWeights(design: Design, given: Readonly<Record<string, number>>): Contrast {
  const weights = new Float64Array(design.nCoefficients);
  for (const [name, weight] of Object.entries(given)) {
    if (typeof weight !== "number" || !Number.isFinite(weight))
      throw invalid(`invalid weight of ${name} in the contrast: ${String(weight)}`);
    weights[coefficientNamed(design, name)] = weight;
  }
  const used = [...weights.keys()].filter((j) => weights[j] !== 0);
  if (used.length === 0) throw invalid("the contrast has no weight: {}");
  const name = used
    .map((j, i) => {
      const size = Math.abs(weights[j]);
      const sign = weights[j] < 0 ? (i ? " - " : "-") : i ? " + " : "";
      return `${sign}${size === 1 ? "" : `${size} × `}${design.coefficients[j]}`;
    })
    .join("");
  const coefficient = used.length === 1 && weights[used[0]] === 1 ? used[0] : -1;
  return { weights, coefficient, name, words: `${name}: positive means above 0`, groups: null };
}

function ofGroups(design: Design, contrast: readonly unknown[]): Contrast {
  if (contrast.length !== 3 || typeof contrast[0] !== "string")
    throw invalid(`invalid contrast: [${contrast.map(String).join(", ")}]`);
  const factors = factorsNamed(design, contrast[0]);
  const numerator = cells(factors, contrast[1] as LevelChoice);
  const denominator = cells(factors, contrast[2] as LevelChoice);
  const factor = factors.map((f) => f.label).join(":");
  const [above, below] = [nameOf(numerator), nameOf(denominator)];
  const weights = new Float64Array(design.nCoefficients);
  for (const [side, sign] of [
    [numerator, 1],
    [denominator, -1],
  ] as const)
    for (const cell of side) {
      const row = modelRow(design, (v) => {
        const i = factors.indexOf(design.variables[v] as FactorVariable);
        return i < 0 ? 0 : factors[i].levels.indexOf(cell[i]);
      });
      row.forEach((x, j) => (weights[j] += (sign * x) / side.length));
    }
  if (weights.every((w) => Math.abs(w) < 1e-12))
    throw invalid(`the contrast compares a group with itself: ${factor} ${above} over ${below}`);
  const used = [...weights.keys()].filter((j) => Math.abs(weights[j]) > 1e-12);
  const interacting = othersInteracting(design, factors);
  const held = interacting.length ? `, where ${interacting.join(" and ")}` : "";
  return {
    weights,
    coefficient: used.length === 1 && weights[used[0]] === 1 ? used[0] : -1,
    name: `${factor} ${above} vs ${below}`,
    words: `${above} over ${below}${held}: positive means higher in ${above}`,
    groups: {
      factor,
      numerator: above,
      denominator: below,
      numeratorSamples: samplesIn(factors, numerator),
      denominatorSamples: samplesIn(factors, denominator),
    },
  };
}

function factorsNamed(design: Design, name: string): FactorVariable[] {
  const one = (part: string) =>
    design.variables.find((v) => v.label === part) ??
    design.variables.find((v) => v.column === part);
  const whole = one(name);
  const found = whole ? [whole] : name.split(":").map((part) => one(part.trim()));
  return found.map((variable) => {
    if (!variable) {
      const labels = design.variables.filter((v) => v.kind === "factor").map((v) => v.label);
      const near = nearestName(name, labels);
      throw argumentError(`the design has no such factor: ${name}`, {
        help: `${near ? `Did you mean ${near}? ` : ""}The design is ${design.formula}${labels.length ? `; its factors are ${labels.join(", ")}` : ""}.`,
      });
    }
    if (variable.kind === "covariate")
      throw argumentError(`the contrast compares levels of a number: ${variable.label}`, {
        help: `Use contrast: "${variable.label}" for its slope, or write factor(${variable.label}) in the design.`,
      });
    return variable;
  });
}

/** The combinations of levels that one side of a contrast means, one level a factor each. */
function cells(factors: readonly FactorVariable[], choice: LevelChoice): string[][] {
  const list: readonly Level[] = Array.isArray(choice) ? choice : [choice as Level];
  if (list.length === 0) throw invalid(`the contrast has an empty group of ${factors[0].label}`);
  const made = list.map((value) => split(factors, value));
  const keys = new Set(made.map((cell) => cell.join("\0")));
  if (keys.size < made.length)
    throw invalid(`a group of the contrast names a level twice: ${list.join(", ")}`);
  return made;
}

function split(factors: readonly FactorVariable[], value: Level): string[] {
  const [first, ...rest] = factors;
  const text = String(value);
  if (rest.length === 0) {
    const level = levelNamed(first.levels, value);
    if (level !== undefined) return [level];
    throw noLevel(first, text);
  }
  // Levels may hold colons themselves, so each level of the first factor is tried.
  for (const level of first.levels)
    if (text.startsWith(`${level}:`)) {
      try {
        return [level, ...split(rest, text.slice(level.length + 1))];
      } catch (error) {
        if (!(error instanceof Error)) throw error;
      }
    }
  throw argumentError(`no such combination of ${factors.map((f) => f.label).join(":")}: ${text}`, {
    help: `It is like "${factors.map((f) => f.levels[0]).join(":")}"; ${factors.map((f) => `${f.label} is ${f.levels.join(", ")}`).join("; ")}.`,
  });
}

function noLevel(factor: FactorVariable, level: string): Error {
  const near = nearestName(level, factor.levels);
  return argumentError(`no such level of ${factor.label}: ${level}`, {
    help: `${near ? `Did you mean ${near}? ` : ""}Its levels are ${factor.levels.join(", ")}.`,
  });
}

function coefficientNamed(design: Design, name: string): number {
  const j = design.coefficients.indexOf(name);
  if (j >= 0) return j;
  const near = nearestName(name, design.coefficients);
  throw argumentError(`the design has no such coefficient: ${name}`, {
    help: `${near ? `Did you mean ${near}? ` : ""}Coefficients are ${design.coefficients.join(", ")}.`,
  });
}

/** "age is P56" for each other factor that the compared ones interact with: the comparison holds at its reference. */
function othersInteracting(design: Design, factors: readonly FactorVariable[]): string[] {
  const others = new Set<string>();
  for (const term of design.terms) {
    const inTerm = term.map((v) => design.variables[v]);
    if (term.length < 2 || !inTerm.some((v) => factors.includes(v as FactorVariable))) continue;
    for (const v of inTerm)
      if (!factors.includes(v as FactorVariable))
        others.add(`${v.label} is ${v.kind === "factor" ? v.levels[0] : 0}`);
  }
  return [...others];
}

function samplesIn(
  factors: readonly FactorVariable[],
  side: readonly (readonly string[])[],
): Int32Array {
  const wanted = side.map((cell) => cell.map((level, i) => factors[i].levels.indexOf(level)));
  const out: number[] = [];
  for (let s = 0; s < factors[0].codes.length; ++s)
    if (wanted.some((cell) => cell.every((code, i) => factors[i].codes[s] === code))) out.push(s);
  return Int32Array.from(out);
}

function nameOf(side: readonly (readonly string[])[]): string {
  const names = side.map((cell) => cell.join(":"));
  return names.length === 1 ? names[0] : `mean of ${names.join(", ")}`;
}

function invalid(message: string): Error {
  return argumentError(message, {
    help: 'A contrast is ["genotype", "SOD1", "WT"], the name of a coefficient, or {coefficient: weight}; a list of these gives several.',
  });
}
