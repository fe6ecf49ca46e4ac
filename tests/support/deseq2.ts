import type { ModelMatrix } from "../../src/engine/kernels/design-rows.ts";
import type { GoldenMatrix } from "./golden.ts";

/** Numbers of R, missing ones as null or "NA". */
export type Numbers = readonly (number | string | null)[];

/** A results table of DESeq2. */
export type ResultsTable = Readonly<
  Record<"baseMean" | "log2FoldChange" | "lfcSE" | "stat" | "pvalue" | "padj", Numbers>
> & { readonly threshold: number };

interface Trends {
  readonly geneWise: Numbers;
  readonly trend: Numbers;
  readonly priorVariance: number;
  readonly residualVariance: number;
}

/** What tests/golden/deseq2.R keeps of an experiment, stage by stage. */
export interface Stages extends Trends {
  readonly counts: GoldenMatrix;
  readonly design: GoldenMatrix;
  readonly sizeFactors: Numbers;
  readonly baseMean: Numbers;
  readonly map: Numbers;
  readonly outlier: Numbers;
  readonly beta: Numbers;
  readonly se: Numbers;
  readonly maxCooks: Numbers;
  readonly local?: Trends;
  readonly mean?: Trends;
  readonly one?: Trends;
  readonly three?: Trends;
}

export function floats(values: Numbers): Float64Array {
  return Float64Array.from(values, (v) => (typeof v === "number" ? v : NaN));
}

export function modelMatrix({ values, nRows, nColumns }: GoldenMatrix): ModelMatrix {
  return { values: Float64Array.from(values), nSamples: nRows, nCoefficients: nColumns };
}

/** The share of numbers within a relative or absolute distance of those of R that are not missing. */
export function shareWithin(
  actual: ArrayLike<number>,
  expected: Float64Array,
  relative: number,
  absolute = 0,
): number {
  let n = 0;
  let near = 0;
  expected.forEach((b, i) => {
    if (Number.isNaN(b)) return;
    ++n;
    if (Math.abs(actual[i] - b) <= relative * Math.abs(b) + absolute) ++near;
  });
  return near / n;
}
