import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { strings } from "../../tables/index.ts";
import { countingNoise } from "../experiment/counting-noise.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { Experiment, ReportLine } from "../experiment/types.ts";

/** Noise below which two samples are one library, and below which a pair is worth a second look. */
const same = 1.5;
const perhaps = 3;
/** Genes of the first look, and samples beyond which pairs are too many to look at (single cells). */
const few = 400;
const mostSamples = 1000;

/**
 * Pairs of samples whose counts differ no more than two draws from one library would: a sample sequenced or listed twice,
 * though its values are not the same. Identical pairs are reported elsewhere and left out. Counts only.
 */
export async function alikeSamples(
  experiment: Experiment,
  sizes: Float64Array,
  call: CallOptions = {},
): Promise<ReportLine[]> {
  const { nGenes, nSamples, values } = experiment.counts;
  if (experiment.kind !== "counts" || nSamples < 2 || nSamples > mostSamples) return [];
  const strong: number[] = [];
  for (let g = 0, i = 0; g < nGenes; ++g) {
    let sum = 0;
    for (let s = 0; s < nSamples; ++s) sum += values[i++];
    if (sum >= 200 * nSamples) strong.push(g);
  }
  if (strong.length < 100) return [];
  const step = Math.max(1, strong.length / few);
  const look = Int32Array.from(
    { length: Math.min(few, strong.length) },
    (_, k) => strong[Math.floor(k * step)],
  );
  const found: [number, number][] = [];
  let slept = performance.now();
  for (let a = 0; a < nSamples; ++a) {
    for (let b = a + 1; b < nSamples; ++b) {
      if (sizes[a] === 0 || sizes[b] === 0) continue;
      if (!(countingNoise(values, nSamples, a, b, sizes[a], sizes[b], look) < perhaps)) continue;
      const noise = countingNoise(values, nSamples, a, b, sizes[a], sizes[b]);
      if (noise > 0 && noise < same) found.push([a, b]);
    }
    if (performance.now() - slept > 20) {
      await pause();
      throwIfAborted(call.signal);
      slept = performance.now();
    }
  }
  if (found.length === 0) return [];
  const ids = strings(experiment.samples, "sample_id") as string[];
  const pairs = found.map(([a, b]) => `${ids[a]} and ${ids[b]}`);
  return [
    reportLine(
      "warning",
      "alike-samples",
      `${plural(found.length, "pair")} of samples ${found.length === 1 ? "differs" : "differ"} no more than reads of one library would: ${firstFew(pairs)}.`,
      found.length,
      pairs[0],
    ),
  ];
}
