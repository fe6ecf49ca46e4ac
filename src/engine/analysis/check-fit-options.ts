import { checkOneOf } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  hasColumn,
  levelsOf,
  numbers,
  strings,
  type Table,
} from "../../tables/index.ts";
import { makeDesign, requireNested, type Design, type Reference } from "../design/index.ts";
import type { FitMethod, FitOptions, FitTest, FitType, SizeFactorType } from "./fit.ts";
import { sizeFactorMethods } from "./size-factors.ts";

/** What a reader may ask of differentialExpression. */
export interface DifferentialExpressionOptions {
  readonly method?: FitMethod;
  readonly design?: string;
  readonly reference?: Reference;
  readonly test?: FitTest;
  readonly reduced?: string;
  readonly fitType?: FitType;
  readonly sfType?: SizeFactorType;
  readonly robust?: boolean;
  readonly trend?: boolean;
  readonly block?: string;
  readonly sampleWeights?: boolean | string;
  readonly by?: string;
}

export const fitOptionNames = [
  "method",
  "design",
  "reference",
  "test",
  "reduced",
  "fitType",
  "sfType",
  "robust",
  "trend",
  "block",
  "sampleWeights",
  "by",
] as const;

/** Which options each method knows besides design, reference and by. */
const known: Record<FitMethod, readonly (keyof DifferentialExpressionOptions)[]> = {
  deseq2: ["test", "reduced", "fitType", "sfType"],
  edger: ["sfType", "robust"],
  "limma-voom": ["sfType", "robust", "block", "sampleWeights"],
  limma: ["robust", "trend", "block", "sampleWeights"],
};
const where = "differentialExpression";

/** The options of a method checked against samples and design, with defaults. */
export function checkFitOptions(
  method: FitMethod,
  given: DifferentialExpressionOptions,
  samples: Table,
  design: Design,
): FitOptions {
  for (const name of fitOptionNames.slice(3, -1))
    if (given[name] !== undefined && given[name] !== false && !known[method].includes(name)) {
      const others = (Object.keys(known) as FitMethod[]).filter((m) => known[m].includes(name));
      if (name === "test" && given.test === "wald") continue;
      throw argumentError(
        `${where}: ${name} does not belong to ${method}: ${String(given[name])}`,
        {
          help: `It belongs to ${others.join(", ")}.`,
        },
      );
    }
  const test = checkOneOf(where, "test", given.test, ["wald", "lrt"], "wald");
  if ((test === "lrt") !== (given.reduced !== undefined))
    throw argumentError(
      test === "lrt"
        ? `${where}: test "lrt" needs a reduced design: ${String(given.reduced)}`
        : `${where}: reduced goes with test "lrt": ${String(given.reduced)}`,
      { help: 'For example {test: "lrt", design: "~ batch + age", reduced: "~ batch"}.' },
    );
  const reduced =
    given.reduced === undefined
      ? null
      : makeDesign(samples, given.reduced, {
          reference: referenceFor(given.reduced, given.reference),
        });
  if (reduced) requireNested(design, reduced);
  return {
    test,
    reduced,
    fitType: checkOneOf(
      where,
      "fitType",
      given.fitType,
      ["parametric", "local", "mean"],
      "parametric",
    ),
    sfType: checkOneOf(
      where,
      "sfType",
      given.sfType,
      sizeFactorMethods,
      method === "deseq2" ? "ratio" : "tmm",
    ),
    robust: flag("robust", given.robust),
    trend: flag("trend", given.trend),
    block: given.block === undefined ? null : blockOf(samples, design, given.block),
    sampleWeights: weightsOf(samples, given.sampleWeights),
  };

  /** References of the columns that the reduced design still has. */
  function referenceFor(formula: string, reference: Reference = {}): Reference {
    return Object.fromEntries(
      Object.entries(reference).filter(([name]) =>
        new RegExp(`(^|[^\\p{L}\\p{N}._])${escaped(name)}([^\\p{L}\\p{N}._]|$)`, "u").test(formula),
      ),
    );
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw argumentError(`${where}: invalid ${name}: ${String(value)}`, {
    help: "It is true or false.",
  });
}

/** true estimates weights, the name of a column of numbers gives them. */
function weightsOf(samples: Table, asked: unknown): FitOptions["sampleWeights"] {
  if (asked === undefined || asked === false) return null;
  if (asked === true) return "estimated";
  const help =
    "It is true, which estimates them, or the column of samples that holds a weight above 0 for each.";
  if (typeof asked !== "string")
    throw argumentError(`${where}: invalid sampleWeights: ${String(asked)}`, { help });
  const kind = columnKind(column(samples, asked));
  if (kind !== "number" && kind !== "integer")
    throw argumentError(`${where}: sampleWeights is not a column of numbers: ${asked}`, { help });
  const weights = Float64Array.from(numbers(samples, asked));
  const bad = weights.findIndex((w) => !(w > 0 && w < Infinity));
  if (bad >= 0)
    throw argumentError(
      `${where}: the weight of a sample is not above 0: ${strings(samples, "sample_id")[bad]}`,
      { help: "Leave samples that shall not count out with filterSamples." },
    );
  return weights;
}

function blockOf(samples: Table, design: Design, name: unknown): NonNullable<FitOptions["block"]> {
  if (typeof name !== "string" || !hasColumn(samples, name)) {
    column(samples, String(name));
    throw argumentError(`${where}: invalid block: ${String(name)}`, {
      help: "It is the column of samples that names the donor.",
    });
  }
  if (design.variables.some((v) => v.column === name))
    throw argumentError(`${where}: block is in the design too: ${name}`, {
      help: "A donor is either a term of the design or a block.",
    });
  const { codes, levels } = levelsOf(samples, name);
  const missing = codes.indexOf(-1);
  if (missing >= 0)
    throw argumentError(
      `${where}: a sample has no ${name}: ${strings(samples, "sample_id")[missing]}`,
      { help: "Leave it out with filterSamples first." },
    );
  const used = new Map<number, number>();
  const dense = codes.map((code) => {
    if (!used.has(code)) used.set(code, used.size);
    return used.get(code)!;
  });
  if (used.size === codes.length || used.size === 1)
    throw argumentError(
      `${where}: block has ${used.size === 1 ? "one level" : "a level of its own for every sample"}: ${name}`,
      { help: `Blocks are donors with several samples each; ${name} has ${levels.length} levels.` },
    );
  return { column: name, codes: dense };
}
