export type {
  Contrast,
  ContrastSpec,
  Covariate,
  Design,
  FactorVariable,
  Formula,
  Level,
  LevelChoice,
  Reference,
  Variable,
} from "./types.ts";
export { defaultContrast } from "./default-contrast.ts";
export { designWarnings } from "./design-warnings.ts";
export { findDonors, type Donors } from "./find-donors.ts";
export { makeDesign } from "./make-design.ts";
export { modelMatrixTable } from "./model-matrix-table.ts";
export { parseFormula } from "./parse-formula.ts";
export { requireNested } from "./require-nested.ts";
export { resolveContrast } from "./resolve-contrast.ts";
export { resolveContrasts, type ContrastsSpec } from "./resolve-contrasts.ts";
