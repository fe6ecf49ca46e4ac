import { grouped } from "../../base/grouped.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { strings, type Table } from "../../tables/index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { Experiment, ReportLine } from "../experiment/types.ts";
import { alikeSamples } from "./alike-samples.ts";
import { donorColumns } from "./donor-columns.ts";
import { excelSymbols } from "./excel-symbols.ts";
import { sexMarkers } from "./sex-markers.ts";

/** A library this many scaled median deviations from the median, and at least this many times larger or smaller, is odd. */
const deviations = 3;
const fold = 3;

/**
 * What is to be known or odd about an experiment, as report lines: that it is simulated (simulated), genes and samples without a single count (all-zero-genes,
 * all-zero-samples), the same sample twice (identical-samples), a library size far from the others (outlying-library,
 * counts only), several samples of one donor (repeated-donors), samples of one library (alike-samples), markers of sex that
 * disagree (sex-markers-…), names that a spreadsheet spoilt (excel-symbols). One pass over the values, in slices that let an abort in.
 */
export async function examine(
  experiment: Experiment,
  { signal, onProgress }: CallOptions = {},
): Promise<ReportLine[]> {
  const { kind, counts } = experiment;
  const { nGenes, nSamples, values } = counts;
  const ids = strings(experiment.samples, "sample_id") as string[];
  const total = new Float64Array(nSamples);
  const check = new Float64Array(nSamples);
  const present = new Uint8Array(nSamples);
  const emptyGenes: number[] = [];
  const slice = Math.max(1, Math.floor(2 ** 20 / nSamples));
  let last = performance.now();
  for (let g0 = 0; g0 < nGenes; g0 += slice) {
    tally(values, g0, Math.min(nGenes, g0 + slice), nSamples, total, check, present, emptyGenes);
    if (performance.now() - last > 20) {
      onProgress?.({ label: "Examining", done: g0, total: nGenes });
      await pause();
      throwIfAborted(signal);
      last = performance.now();
    }
  }
  const report: ReportLine[] = [];
  if (experiment.metadata.simulated)
    report.push(
      reportLine(
        "info",
        "simulated",
        `Simulated, not measured: ${experiment.metadata.simulated}.`,
        nSamples,
      ),
    );
  const zero = kind === "log" ? [] : ids.filter((_, s) => present[s] === 0);
  if (emptyGenes.length > 0 && kind !== "log") {
    const example = experiment.genes.getChildAt(0)!.get(emptyGenes[0]) as string;
    report.push(
      reportLine(
        "info",
        "all-zero-genes",
        `${plural(emptyGenes.length, "gene")} of ${grouped(nGenes)} ${emptyGenes.length === 1 ? "is" : "are"} 0 in every sample.`,
        emptyGenes.length,
        example,
      ),
    );
  }
  if (zero.length > 0)
    report.push(
      reportLine(
        "warning",
        "all-zero-samples",
        `${plural(zero.length, "sample")} without a single value above 0: ${firstFew(zero)}.`,
        zero.length,
        zero[0],
      ),
    );
  const twins = identical(counts.values, nGenes, nSamples, total, check, present);
  for (const twin of twins)
    report.push(
      reportLine(
        "warning",
        "identical-samples",
        `The same sample ${twin.length === 2 ? "twice" : `${twin.length} times`}: ${firstFew(twin.map((s) => ids[s]))} have equal values for every gene.`,
        twin.length,
        ids[twin[0]],
      ),
    );
  report.push(...(await alikeSamples(experiment, total, { signal })));
  if (kind === "counts") report.push(...libraries(total, present, ids));
  report.push(...sexMarkers(experiment, total));
  report.push(...excelSymbols(experiment.genes));
  report.push(...donors(experiment.samples));
  return report;
}

function tally(
  values: Int32Array | Float64Array,
  from: number,
  to: number,
  nSamples: number,
  total: Float64Array,
  check: Float64Array,
  present: Uint8Array,
  empty: number[],
): void {
  for (let g = from, i = from * nSamples; g < to; ++g) {
    const weight = 1 + (Math.imul(g + 1, 0x9e3779b1) >>> 12) / 2 ** 20;
    let any = false;
    for (let s = 0; s < nSamples; ++s, ++i) {
      const value = values[i];
      if (value === 0) continue;
      any = true;
      total[s] += value;
      check[s] += value * weight;
      present[s] = 1;
    }
    if (!any) empty.push(g);
  }
}

/** Groups of samples that are equal in every gene: found by two sums, then compared value by value. */
function identical(
  values: Int32Array | Float64Array,
  nGenes: number,
  nSamples: number,
  total: Float64Array,
  check: Float64Array,
  present: Uint8Array,
): number[][] {
  const groups = new Map<string, number[]>();
  for (let s = 0; s < nSamples; ++s) {
    if (present[s] === 0) continue;
    const key = `${total[s]} ${check[s]}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [s]);
    else if (equal(values, nGenes, nSamples, group[0], s)) group.push(s);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function equal(
  values: Int32Array | Float64Array,
  nGenes: number,
  nSamples: number,
  a: number,
  b: number,
): boolean {
  for (let g = 0, i = 0; g < nGenes; ++g, i += nSamples)
    if (values[i + a] !== values[i + b]) return false;
  return true;
}

function libraries(total: Float64Array, present: Uint8Array, ids: readonly string[]): ReportLine[] {
  const logs = Array.from(total, (t, s) => (present[s] === 1 ? Math.log2(t) : NaN));
  const known = logs.filter((v) => v === v);
  if (known.length < 4) return [];
  const middle = median(known);
  const spread = 1.4826 * median(known.map((v) => Math.abs(v - middle)));
  const odd = ids.filter(
    (_, s) => Math.abs(logs[s] - middle) > Math.max(deviations * spread, Math.log2(fold)),
  );
  if (odd.length === 0) return [];
  const shown = odd
    .slice(0, 5)
    .map((id) => `${id} (${grouped(Math.round(total[ids.indexOf(id)]))})`);
  return [
    reportLine(
      "warning",
      "outlying-library",
      `Library size far from the median of ${grouped(Math.round(2 ** middle))}: ${shown.join(", ")}${odd.length > 5 ? ` and ${odd.length - 5} more` : ""}.`,
      odd.length,
      odd[0],
    ),
  ];
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function donors(samples: Table): ReportLine[] {
  const report: ReportLine[] = [];
  for (const name of donorColumns(samples)) {
    const tally = new Map<string, number>();
    for (const donor of strings(samples, name))
      if (donor !== null) tally.set(donor, (tally.get(donor) ?? 0) + 1);
    const several = [...tally].filter(([, n]) => n > 1);
    if (several.length === 0 || tally.size === 1) continue;
    let n = 0;
    for (const count of tally.values()) n += count;
    report.push(
      reportLine(
        "warning",
        "repeated-donors",
        `${plural(n, "sample")} come from ${plural(tally.size, "donor")} (column ${name}): samples of one donor are not independent.`,
        several.length,
        several[0][0],
      ),
    );
  }
  return report;
}
