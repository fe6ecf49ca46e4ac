import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { alternatives, type FitMethod, type ResultOptions, type ResultsOptions } from "./fit.ts";

const names = [
  "contrast",
  "alpha",
  "lfcThreshold",
  "altHypothesis",
  "independentFiltering",
  "cooksCutoff",
  "shrink",
] as const;

/** The options of `results` checked, with defaults: alpha 0.1 for deseq2 and 0.05 for the others. */
export function checkResultsOptions(
  method: FitMethod,
  options: ResultsOptions | undefined,
): ResultOptions & Pick<ResultsOptions, "contrast"> {
  const given = checkOptions<ResultsOptions>("results", options, names);
  const deseq2 = method === "deseq2";
  for (const name of ["independentFiltering", "cooksCutoff", "shrink"] as const)
    if (!deseq2 && given[name] !== undefined && given[name] !== false)
      throw argumentError(`results: ${name} belongs to deseq2: ${String(given[name])}`, {
        help: `The fit is of method "${method}".`,
      });
  const lfcThreshold = checkNumber("lfcThreshold", given.lfcThreshold ?? 0, 0, 1000);
  const altHypothesis = checkOneOf(
    "results",
    "altHypothesis",
    given.altHypothesis,
    alternatives,
    "greaterAbs",
  );
  if (altHypothesis === "lessAbs" && lfcThreshold === 0)
    throw argumentError(`results: altHypothesis "lessAbs" needs a threshold: 0`, {
      help: "Give lfcThreshold, the largest log2 fold change that counts as none.",
    });
  return {
    contrast: given.contrast,
    alpha: checkNumber("alpha", given.alpha ?? (deseq2 ? 0.1 : 0.05), 0, 1),
    lfcThreshold,
    altHypothesis,
    independentFiltering: checkBoolean("independentFiltering", given.independentFiltering, deseq2),
    cooksCutoff: cutoff(given.cooksCutoff),
    shrink:
      given.shrink === undefined
        ? null
        : checkOneOf<"apeglm" | "normal">("results", "shrink", given.shrink, ["apeglm", "normal"]),
  };
}

function cutoff(value: unknown): number | false | null {
  if (value === undefined || value === true) return null;
  if (value === false) return false;
  if (value === Infinity) return false;
  return checkNumber("cooksCutoff", value, 0, Number.MAX_VALUE);
}

function checkNumber(name: string, value: unknown, min: number, max: number): number {
  if (typeof value === "number" && value >= min && value <= max) return value;
  throw argumentError(`results: invalid ${name}: ${String(value)}`, {
    help: `It is a number from ${min}${max > 1e6 ? " up" : ` to ${max}`}.`,
  });
}

function checkBoolean(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  throw argumentError(`results: invalid ${name}: ${String(value)}`, {
    help: "It is true or false.",
  });
}
