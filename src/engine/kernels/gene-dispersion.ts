import { createBinomialFitter, leastRidge, minMean } from "./binomial-fit.ts";
import type { CountTerms } from "./count-terms.ts";
import type { DesignRows } from "./design-rows.ts";
import { createDispersionSearch } from "./dispersion-search.ts";
import { dispersionStart } from "./dispersion-start.ts";

/** One gene after the other: its counts, means and dispersion. Samples are in the design's order. */
export interface GeneDispersion {
  /** Counts, and means of the dispersion step, of the gene at hand. */
  readonly y: Float64Array;
  readonly mu: Float64Array;
  /** y over size factors. */
  readonly normalised: Float64Array;
  /** Natural-log coefficients of the fit that gave `mu`; unused where the design is saturated. */
  readonly beta: Float64Array;
  /** Takes the counts at `values[from …]`, in the experiment's order; returns the mean normalised count. */
  load(values: Int32Array | Float64Array, from: number): number;
  /** As `load` of what stands in `y` already; `terms` takes the counts too. */
  reload(): number;
  /** Where the search starts, from the counts alone. */
  start(): number;
  /** Means by group times size factor, or, unless `known`, from a fit at dispersion `start`. */
  setMeans(start: number, known: boolean): void;
  /** The gene-wise dispersion. */
  geneWise(start: number): number;
  /** The dispersion with a normal prior on its logarithm about `trend`. */
  posterior(geneWise: number, trend: number, priorVariance: number): number;
}

/** Sets up gene-wise and posterior dispersions (Love, Huber & Anders 2014) for a design. `sizes` is in the design's order. */
export function createGeneDispersion(
  design: DesignRows,
  sizes: Float64Array,
  terms: CountTerms,
): GeneDispersion {
  const { nSamples, nCoefficients: p, nRows, starts, order, saturated, x } = design;
  const y = new Float64Array(nSamples);
  const mu = new Float64Array(nSamples);
  const normalised = new Float64Array(nSamples);
  const fitted = new Float64Array(nRows);
  const beta = new Float64Array(p);
  const { search } = createDispersionSearch(design, terms);
  const fitter = saturated
    ? null
    : createBinomialFitter(design, sizes, new Float64Array(p).fill(leastRidge), terms);
  const inverseSize = sizes.reduce((sum, s) => sum + 1 / s, 0) / nSamples;
  let mean = 0;

  const gene: GeneDispersion = {
    y,
    mu,
    normalised,
    beta,

    load(values, from) {
      for (let i = 0; i < nSamples; ++i) y[i] = values[from + order[i]];
      return gene.reload();
    },

    reload() {
      let sum = 0;
      for (let i = 0; i < nSamples; ++i) sum += normalised[i] = y[i] / sizes[i];
      terms.prepare(y);
      return (mean = sum / nSamples);
    },

    start() {
      let squares = 0;
      for (let i = 0; i < nSamples; ++i) squares += (normalised[i] - mean) ** 2;
      const variance = squares / (nSamples - 1);
      return dispersionStart(design, normalised, mean, variance, inverseSize, fitted);
    },

    setMeans(start, known) {
      if (saturated) {
        for (let k = 0; k < nRows; ++k) {
          let sum = 0;
          for (let i = starts[k]; i < starts[k + 1]; ++i) sum += normalised[i];
          const m = sum / (starts[k + 1] - starts[k]);
          for (let i = starts[k]; i < starts[k + 1]; ++i) mu[i] = Math.max(m * sizes[i], minMean);
        }
        return;
      }
      if (!known) beta.set(fitter!.run(y, start, false).beta);
      for (let k = 0; k < nRows; ++k) {
        let eta = 0;
        for (let j = 0; j < p; ++j) eta += x[k * p + j] * beta[j];
        const m = Math.exp(eta);
        for (let i = starts[k]; i < starts[k + 1]; ++i) mu[i] = Math.max(m * sizes[i], minMean);
      }
    },

    geneWise: (start) => search(y, mu, start, 0, 0, true),

    posterior(geneWise, trend, priorVariance) {
      const start = geneWise > 0.1 * trend ? geneWise : trend;
      return search(y, mu, start, Math.log(trend), priorVariance, false);
    },
  };
  return gene;
}
