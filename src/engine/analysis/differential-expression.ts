import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError, isAbortError } from "../../base/errors.ts";
import { levelsOf } from "../../tables/index.ts";
import { designWarnings, findDonors, makeDesign, modelMatrixTable } from "../design/index.ts";
import { filterSamples } from "../experiment/filter-samples.ts";
import type { Experiment } from "../experiment/types.ts";
import {
  checkFitOptions,
  fitOptionNames,
  type DifferentialExpressionOptions,
} from "./check-fit-options.ts";
import type { AnalysisContext } from "./context.ts";
import { fitMethods, type Fit, type FitMethod } from "./fit.ts";
import { fitDeseq2 } from "./fit-deseq2.ts";
import { fitEdger } from "./fit-edger.ts";
import { fitLimma } from "./fit-limma.ts";
import { fitLimmaVoom } from "./fit-limma-voom.ts";
import { makeFit, type FittedLevel } from "./make-fit.ts";
import { requireCounts } from "./require-kind.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";

export type { DifferentialExpressionOptions } from "./check-fit-options.ts";

const where = "differentialExpression";
const methods = {
  deseq2: fitDeseq2,
  edger: fitEdger,
  "limma-voom": fitLimmaVoom,
  limma: fitLimma,
};

/**
 * Fits a model of differential expression: "deseq2" (default), "edger" or "limma-voom" on raw counts, "limma" on log values. With
 * `by` each level of that column is fitted on its own; one that can't be is left out with a warning. Designs without
 * replicates, or of a kind of values that the method can't take, are errors that say why.
 */
export async function differentialExpression(
  experiment: Experiment,
  options: DifferentialExpressionOptions | undefined,
  context: AnalysisContext,
): Promise<Fit> {
  const given = checkOptions<DifferentialExpressionOptions>(where, options, fitOptionNames);
  const method = checkOneOf(where, "method", given.method, fitMethods, "deseq2");
  if (given.design === undefined)
    throw argumentError(`${where} needs a design: undefined`, {
      help: 'For example {design: "~ genotype"}.',
    });
  requireKind(method, experiment);
  if (given.by === undefined) {
    const level = await fitLevel(experiment, null, method, given, context);
    return makeFit(method, experiment, null, [level], []);
  }
  const { by } = given;
  const { levels, codes } = levelsOf(experiment.samples, by);
  const fitted: FittedLevel[] = [];
  const left: string[] = [];
  for (const [k, name] of levels.entries()) {
    const rows = [...codes.keys()].filter((s) => codes[s] === k);
    if (rows.length === 0) continue;
    try {
      const part = filterSamples(experiment, Int32Array.from(rows));
      fitted.push(await fitLevel(part, name, method, given, context));
    } catch (error) {
      if (isAbortError(error)) throw error;
      if (!(error instanceof Error)) throw error;
      left.push(`${by} ${name} was left out: ${error.message}.`);
    }
  }
  if (fitted.length === 0)
    throw argumentError(`${where}: no level of ${by} could be fitted: ${levels.join(", ")}`, {
      help: left.slice(0, 3).join(" "),
    });
  return makeFit(method, experiment, by, fitted, left);
}

async function fitLevel(
  experiment: Experiment,
  level: string | null,
  method: FitMethod,
  given: DifferentialExpressionOptions,
  context: AnalysisContext,
): Promise<FittedLevel> {
  const { samples } = experiment;
  const design = makeDesign(samples, given.design!, { reference: given.reference });
  const fitOptions = checkFitOptions(method, given, samples, design);
  const { nSamples, nCoefficients } = design;
  if (nSamples <= nCoefficients)
    throw argumentError(
      `${where} needs replicates: ${nSamples} samples for ${nCoefficients} coefficients`,
      {
        help: "Without a sample to spare there is no telling difference from chance. Leave terms out of the design, or measure more samples.",
      },
    );
  if (method !== "limma") positiveLibrarySizes(where, experiment);
  const fit = await methods[method](experiment, design, fitOptions, context);
  return {
    level,
    design,
    fit,
    options: fitOptions,
    modelMatrix: modelMatrixTable(design),
    donors: findDonors(samples)?.n ?? null,
    warnings: designWarnings(samples, design, given.block),
  };
}

function requireKind(method: FitMethod, experiment: Experiment): void {
  if (method !== "limma") {
    requireCounts(
      `method "${method}"`,
      experiment,
      experiment.kind === "log"
        ? 'Its model is of how counts vary, which log values no longer show. Use method "limma" for log values.'
        : "Its model is of how counts vary, which abundances (FPKM, TPM) no longer show. Use the counts they were made from.",
    );
    return;
  }
  if (experiment.kind !== "log")
    throw argumentError(
      `method "limma" needs log values: this experiment holds ${experiment.kind === "counts" ? "raw counts" : "abundances"}`,
      {
        help:
          experiment.kind === "counts"
            ? 'Use method "limma-voom", which weighs counts.'
            : "Abundances have lost how sure each value is; use the counts they were made from.",
      },
    );
}
