import type { Contrast, ContrastsSpec, Design } from "../design/index.ts";
import type { Table } from "../../tables/index.ts";
import type { AnalysisContext } from "./context.ts";

export const fitMethods = ["deseq2", "edger", "limma-voom", "limma"] as const;
export type FitMethod = (typeof fitMethods)[number];

export type FitTest = "wald" | "lrt";
export type FitType = "parametric" | "local" | "mean";
export type SizeFactorType = "ratio" | "poscounts" | "tmm" | "upperquartile";

/**
 * How a model is fitted: the options of differentialExpression after they were checked, defaults filled in. What a
 * method does not know is at its default.
 */
export interface FitOptions {
  readonly test: FitTest;
  /** The design of the null model of an LRT: nested in the full one, else null. */
  readonly reduced: Design | null;
  readonly fitType: FitType;
  readonly sfType: SizeFactorType;
  readonly robust: boolean;
  readonly trend: boolean;
  /** Samples of the same block (a repeated donor) have the same code; null without blocks. */
  readonly block: { readonly column: string; readonly codes: Int32Array } | null;
  /** Weights of samples: estimated from their residuals, or given, one above 0 a sample; null for equal ones. */
  readonly sampleWeights: "estimated" | Float64Array | null;
}

export const alternatives = ["greaterAbs", "lessAbs", "greater", "less"] as const;
export type Alternative = (typeof alternatives)[number];

/** How a contrast is tested, checked and with defaults filled in. */
export interface ResultOptions {
  readonly alpha: number;
  /** On log2 scale, at least 0. */
  readonly lfcThreshold: number;
  readonly altHypothesis: Alternative;
  readonly independentFiltering: boolean;
  /** null: the method's own; false: no outliers are flagged. */
  readonly cooksCutoff: number | false | null;
  readonly shrink: "apeglm" | "normal" | null;
}

/** Why a p or padj is missing, by code. */
export const reasons = [null, "all zero", "outlier", "filtered"] as const;

/** One tested contrast, an entry a gene in the experiment's order; NaN is missing. */
export interface MethodResult {
  readonly baseMean: Float64Array;
  readonly log2FoldChange: Float64Array;
  /** null where the method has none. */
  readonly lfcSE: Float64Array | null;
  readonly stat: Float64Array;
  readonly pvalue: Float64Array;
  readonly padj: Float64Array;
  /** Index into `reasons`. */
  readonly reason: Uint8Array;
  /** What was tested, in words: "Wald test", "quasi-likelihood F-test", "moderated t-test relative to 0.5". */
  readonly test: string;
  /** The independent filter's threshold on baseMean where there was one. */
  readonly filterThreshold: number | null;
  /** More for the table's metadata, each a short sentence or value by name. */
  readonly notes: Readonly<Record<string, string>>;
}

/** What a method gives back of one fit; the shared Fit adds tables, contrasts in words and metadata. */
export interface MethodFit {
  /** What exactly was fitted: "edgeR 3.40 quasi-likelihood, robust", "DESeq2 1.38, local trend". */
  readonly variant: string;
  /** Table `gene_id baseMean gene_wise trend map outlier`, or null. */
  readonly dispersions: Table | null;
  /** The weights of samples, one each, where they were asked for. */
  readonly sampleWeights: Float64Array | null;
  readonly warnings: readonly string[];
  /** The paragraph for a paper, with versions and citations, in full sentences. */
  readonly methods: string;
  /**
   * Tests a contrast. For an LRT `contrast` only chooses the log fold change that is shown. A list of contrasts comes as several calls,
   * so what they share belongs to the fit.
   */
  results(
    contrast: Contrast,
    options: ResultOptions,
    context: AnalysisContext,
  ): Promise<MethodResult>;
}

/** What a reader may ask of `results`. */
export interface ResultsOptions {
  readonly contrast?: ContrastsSpec;
  readonly alpha?: number;
  readonly lfcThreshold?: number;
  readonly altHypothesis?: Alternative;
  readonly independentFiltering?: boolean;
  readonly cooksCutoff?: number | boolean;
  readonly shrink?: "apeglm" | "normal";
}

/** A factor of a design. */
export interface FitFactor {
  /** As in the formula: `genotype`, `factor(age)`. */
  readonly label: string;
  /** The column of samples. */
  readonly column: string;
  /** Levels that have samples; with `by`, in any of its fits. */
  readonly levels: readonly string[];
}

/** A fitted model of differential expression; with `by`, one of each level, whose tables have the level first. */
export interface Fit {
  readonly method: FitMethod;
  /** The formula's text. */
  readonly design: string;
  readonly coefficients: readonly string[];
  /** `sample_id` and a column a coefficient; with `by` the levels below each other. */
  readonly modelMatrix: Table;
  /** `gene_id baseMean gene_wise trend map outlier`, or null. */
  readonly dispersions: Table | null;
  /** `sample_id weight` where weights of samples were asked for, or null. */
  readonly sampleWeights: Table | null;
  /** The design's factors with their levels, the reference first: what a contrast can compare. */
  readonly factors: readonly FitFactor[];
  readonly warnings: readonly string[];
  /** The paragraph for a paper. */
  readonly methods: string;
  /** Tests a contrast, or a list of them (then the table has a column `contrast`). */
  results(options: ResultsOptions | undefined, context: AnalysisContext): Promise<Table>;
}
