import { workError } from "../../base/errors.ts";
import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { Block } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";

export interface EdgerDispersions {
  readonly common: number;
  /** Average log2 count per million of each gene. */
  readonly logCpm: Float64Array;
  /** Dispersion of genes of like abundance, of every gene. */
  readonly trend: Float64Array;
  /** The gene's own; NaN for genes of too few counts. */
  readonly geneWise: Float64Array;
  /**
   * The two weighed, from quasi-dispersions and their degrees of freedom; NaN as before. `moderated` are these moderated without robustness
   * over all genes, null where nobody did that.
   */
  tagwise(
    variances: Float64Array,
    df: Float64Array,
    moderated: Promise<{ readonly priorDf: Float64Array }> | null,
  ): Promise<Float64Array>;
}

/** The likelihood is profiled at 21 dispersions: 0.1 times 2^-10 to 2^10. */
const points = Float64Array.from({ length: 21 }, (_, i) => i - 10);
/** Genes of fewer counts in all take no part. */
const leastSum = 5;

/** Negative binomial dispersions of a design: edgeR's estimateDisp with its default local regression. */
export async function edgerDispersions(
  counts: Counts,
  { matrix, nCoefficients, nSamples }: Design,
  libraries: Float64Array,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<EdgerDispersions> {
  const used = genesOf(counts);
  if (used.length < 2)
    throw workError(
      `edger needs two genes of ${leastSum} counts or more: ${used.length} of ${counts.nGenes}`,
      { help: "Its dispersions are a trend over genes." },
    );
  const { profile: all } = await pool.run(
    "dispersionProfile",
    counts,
    {
      design: matrix,
      nCoefficients,
      offsets: libraries.map(Math.log),
      dispersions: points.map((point) => 0.1 * 2 ** point),
    },
    { signal, onProgress, label: "dispersions" },
  );
  const profile = rowsOf(all, used, points.length);
  const block: Block = { values: profile, nGenes: used.length, nSamples: points.length };
  pool.hold(block);
  const sums = new Float64Array(points.length);
  for (let i = 0; i < profile.length; i += points.length)
    for (let k = 0; k < points.length; ++k) sums[k] += profile[i + k];
  const { dispersion: common } = await pool.call("commonDispersion", { sums, points }, { signal });
  const { logCpm } = await pool.run(
    "averageLogCpm",
    counts,
    { libraries, dispersion: common },
    { signal },
  );
  const own = rowsOf(logCpm, used, 1);
  const shared = await pool.call(
    "sharedProfile",
    { profile, nPoints: points.length, logCpm: own },
    { signal },
  );
  const args = { points, shared, logCpm: own };
  const found = await pool.run("sharedDispersions", block, args, { signal });
  const lowest = own.reduce((best, value, i) => (value < own[best] ? i : best), 0);
  const spread = (values: Float64Array, others: number) => {
    const out = new Float64Array(counts.nGenes).fill(others);
    used.forEach((g, i) => (out[g] = values[i]));
    return out;
  };
  return {
    common,
    logCpm,
    trend: spread(found.trend, found.trend[lowest]),
    geneWise: spread(found.geneWise, NaN),
    async tagwise(variances, df, moderated) {
      const asked =
        moderated && used.length === counts.nGenes
          ? moderated
          : pool.call(
              "moderateVariances",
              {
                variances: rowsOf(variances, used, 1),
                df: rowsOf(df, used, 1),
                covariate: own,
                robust: false,
              },
              { signal },
            );
      const { priorDf } = await asked;
      const priorN = priorDf.map((prior) => prior / (nSamples - nCoefficients));
      const weighed = { ...args, priorN };
      const { tagwise } = await pool.run("taggedDispersions", block, weighed, { signal });
      pool.release(block);
      return spread(tagwise, NaN);
    },
  };
}

/** Genes with enough counts in all. */
function genesOf({ nGenes, nSamples, values }: Counts): Int32Array {
  const used: number[] = [];
  for (let g = 0; g < nGenes; ++g) {
    let sum = 0;
    for (let i = g * nSamples; i < (g + 1) * nSamples; ++i) sum += values[i];
    if (sum >= leastSum) used.push(g);
  }
  return Int32Array.from(used);
}

function rowsOf(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  if (rows.length * width === values.length) return values;
  const out = new Float64Array(rows.length * width);
  let at = 0;
  for (const row of rows)
    for (let i = row * width; i < (row + 1) * width; ++i) out[at++] = values[i];
  return out;
}
