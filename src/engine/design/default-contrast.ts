import { argumentError } from "../../base/errors.ts";
import { resolveContrast } from "./resolve-contrast.ts";
import type { Contrast, Design } from "./types.ts";

/** The last term's last level over its reference; for an interaction or a covariate, the last coefficient. */
export function defaultContrast(design: Design): Contrast {
  const term = design.terms.at(-1);
  if (!term)
    throw argumentError(`the design compares nothing: ${design.formula}`, {
      help: "Put a column of samples into it, or give a contrast.",
    });
  const variable = design.variables[term[0]];
  if (term.length === 1 && variable.kind === "factor")
    return resolveContrast(design, [variable.label, variable.levels.at(-1)!, variable.levels[0]]);
  return resolveContrast(design, design.coefficients.at(-1)!);
}
