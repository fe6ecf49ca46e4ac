import { defaultContrast } from "./default-contrast.ts";
import { resolveContrast } from "./resolve-contrast.ts";
import type { Contrast, ContrastSpec, Design } from "./types.ts";

export type ContrastsSpec = ContrastSpec | readonly ContrastSpec[];

/**
 * One contrast, or a list of them; undefined is the design's default. Three plain names in a list are [factor, numerator,
 * denominator] unless all three are coefficients. `isList` tells a list of one from one.
 */
export function resolveContrasts(
  design: Design,
  given: ContrastsSpec | undefined | null,
): { contrasts: Contrast[]; isList: boolean } {
  if (given === undefined || given === null)
    return { contrasts: [defaultContrast(design)], isList: false };
  if (!isListOfContrasts(design, given))
    return { contrasts: [resolveContrast(design, given as ContrastSpec)], isList: false };
  const list = given as readonly ContrastSpec[];
  return { contrasts: list.map((one) => resolveContrast(design, one)), isList: true };
}

function isListOfContrasts(design: Design, given: ContrastsSpec): boolean {
  if (!Array.isArray(given) || given.length === 0) return false;
  const items = given as readonly unknown[];
  if (typeof items[0] !== "string") return true;
  if (items.length !== 3) return true;
  return items.every((item) => typeof item === "string" && design.coefficients.includes(item));
}
