import { throwIfAborted } from "../../base/progress.ts";
import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance, Scale } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";

/** How many genes' worth the prior is that all samples vary alike. */
const priorGenes = 10;
const tolerance = 1e-5;
const maxRounds = 50;

/**
 * One weight a sample from how far its values lie from the fits of all genes, of product 1: Fisher scoring of the residual likelihood to
 * a gain of 1e-5 (Smyth 2002, J Comput Graph Stat 11:836; Ritchie 2006, BMC Bioinformatics 7:261; limma's arrayWeights with method
 * "reml"). All 1 where a design leaves fewer than two degrees of freedom.
 */
export async function estimateSampleWeights(
  counts: Counts,
  { matrix, nCoefficients }: Design,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Float64Array> {
  const { nGenes, nSamples } = counts;
  let logVariances = new Float64Array(nSamples);
  if (!isEstimable(nGenes, nSamples, nCoefficients)) return logVariances.fill(1);
  for (let round = 0; round < maxRounds; ++round) {
    const { scores } = await pool.run(
      "sampleScores",
      counts,
      { design: matrix, nCoefficients, weights: toWeights(logVariances) },
      { signal, onProgress, label: `weights of samples, round ${round + 1}` },
    );
    const sums = new Float64Array(nSamples);
    let used = 0;
    for (let g = 0; g < nGenes; ++g) {
      let own = 0;
      for (let s = 0; s < nSamples; ++s) {
        own += scores[g * nSamples + s];
        sums[s] += scores[g * nSamples + s];
      }
      if (own > 0) ++used;
    }
    const step = await pool.call(
      "sampleVarianceStep",
      { design: matrix, nSamples, nCoefficients, logVariances, sums, nGenes: used, priorGenes },
      { signal },
    );
    logVariances = new Float64Array(step.logVariances);
    if (step.gain < tolerance) break;
  }
  return toWeights(logVariances);
}

/**
 * The same beside voom's weights, gene by gene (Ritchie 2006; Liu 2015, Nucleic Acids Research 43:e97; limma's arrayWeights with method
 * "genebygene"). Genes are taken in the experiment's order, some at a time, so that a stop is heard in between.
 */
export async function estimateVoomSampleWeights(
  counts: Counts,
  { matrix, nCoefficients }: Design,
  scale: Scale,
  trend: { readonly x: Float64Array; readonly y: Float64Array },
  variance: SampleVariance,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Float64Array> {
  const { nGenes, nSamples, values } = counts;
  let logVariances = new Float64Array(nSamples);
  if (!isEstimable(nGenes, nSamples, nCoefficients)) return logVariances.fill(1);
  let information = new Float64Array(nSamples * nSamples);
  for (let s = 0; s < nSamples; ++s) information[s * nSamples + s] = priorGenes;
  const size = Math.max(1, Math.floor(4e6 / (nSamples * (10 * nSamples + nCoefficients ** 2))));
  for (let from = 0; from < nGenes; from += size) {
    throwIfAborted(signal);
    const to = Math.min(nGenes, from + size);
    const step = await pool.call(
      "voomSampleWeights",
      {
        block: {
          values: values.slice(from * nSamples, to * nSamples),
          nGenes: to - from,
          nSamples,
        },
        design: matrix,
        nCoefficients,
        scale,
        trend,
        variance,
        logVariances,
        information,
      },
      { signal },
    );
    logVariances = new Float64Array(step.logVariances);
    information = new Float64Array(step.information);
    onProgress?.({ label: "weights of samples", done: to, total: nGenes });
  }
  return toWeights(logVariances);
}

function isEstimable(nGenes: number, nSamples: number, nCoefficients: number): boolean {
  return nGenes > 1 && nSamples - nCoefficients > 1;
}

function toWeights(logVariances: Float64Array): Float64Array<ArrayBuffer> {
  return new Float64Array(logVariances.map((v) => Math.exp(-v)));
}
