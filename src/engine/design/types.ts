/** A formula taken apart: variables in order of appearance and terms as sets of them, intercept apart. */
export interface Formula {
  /** The text as given, blanks made single. */
  readonly text: string;
  readonly intercept: boolean;
  readonly variables: readonly FormulaVariable[];
  /** Indices of variables, ascending within a term; terms by degree, then in order of appearance. */
  readonly terms: readonly (readonly number[])[];
}

export interface FormulaVariable {
  /** As R would write it: `age`, `factor(age)`, or with backticks where the name asks for them. */
  readonly label: string;
  /** The column of samples. */
  readonly column: string;
  /** True for `factor(x)`. */
  readonly forced: boolean;
}

/** A variable of a design: a factor with the levels that occur, its reference first, or a covariate. */
export type Variable = FactorVariable | Covariate;

export interface FactorVariable {
  readonly kind: "factor";
  readonly label: string;
  readonly column: string;
  readonly levels: readonly string[];
  /** The level of each sample. */
  readonly codes: Int32Array;
}

export interface Covariate {
  readonly kind: "covariate";
  readonly label: string;
  readonly column: string;
  readonly values: Float64Array;
}

/** Which level of a column is the reference. */
export type Reference = Readonly<Record<string, string | number | boolean>>;

/** A formula over the samples of an experiment, coded as R's model.matrix codes it. */
export interface Design {
  /** The formula's text. */
  readonly formula: string;
  readonly intercept: boolean;
  readonly variables: readonly Variable[];
  /** Terms as indices of variables, in column order; the intercept is not among them. */
  readonly terms: readonly (readonly number[])[];
  /** How each variable of each term is coded: "contrasts" leaves the reference out, "full" has a column a level. */
  readonly coding: readonly (readonly ("contrasts" | "full" | "covariate")[])[];
  /** Names of the columns, as R's: `(Intercept)`, `genotypeSOD1`, `genotypeSOD1:ageP112`. */
  readonly coefficients: readonly string[];
  /** The term of each column; -1 for the intercept. */
  readonly termOf: Int32Array;
  /** samples x coefficients: `matrix[s * nCoefficients + j]`. Of full column rank. */
  readonly matrix: Float64Array;
  readonly nSamples: number;
  readonly nCoefficients: number;
  readonly sampleIds: readonly string[];
  /** What a reader should know: a covariate of few whole values, levels without samples. */
  readonly warnings: readonly string[];
}

/** A level, or several whose mean is meant. */
export type LevelChoice = Level | readonly Level[];
export type Level = string | number | boolean;

/** One comparison: [factor, numerator, denominator], a coefficient's name, or weights by coefficient. */
export type ContrastSpec =
  string | readonly [string, LevelChoice, LevelChoice] | Readonly<Record<string, number>>;

/** A comparison as weights of the coefficients. */
export interface Contrast {
  /** Weight of each coefficient of the design. */
  readonly weights: Float64Array;
  /** The coefficient where it is just one with weight 1, else -1. */
  readonly coefficient: number;
  /** A short name, unique within a list: "genotype SOD1 vs WT", "age", "genotypeSOD1 - genotypeHET". */
  readonly name: string;
  /** "SOD1 over WT: positive means higher in SOD1". */
  readonly words: string;
  /** For a comparison of groups: who is in either group, else null. */
  readonly groups: {
    readonly factor: string;
    readonly numerator: string;
    readonly denominator: string;
    /** Samples of the numerator and of the denominator. */
    readonly numeratorSamples: Int32Array;
    readonly denominatorSamples: Int32Array;
  } | null;
}
