import { factor, float64, makeTable, utf8, type Table } from "../../src/tables/index.ts";
import { seeded } from "./random.ts";

function normals(seed: number): () => number {
  const random = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** fit.dispersions made up by rule: a trend of 0.02 + 4 / mean, gene-wise estimates around it, final ones half way; some outliers, some at the floor, some without. */
export function simulatedDispersions({
  genes: n,
  seed = 11,
}: {
  genes: number;
  seed?: number;
}): Table {
  const normal = normals(seed);
  const random = seeded(seed + 1);
  const columns = ["baseMean", "gene_wise", "trend", "map"].map(() =>
    new Float64Array(n).fill(NaN),
  );
  const [mean, wise, trend, map] = columns;
  const outlier = Array.from({ length: n }, () => "false");
  for (let i = 0; i < n; ++i) {
    if (random() < 0.03) {
      mean[i] = 0;
      continue;
    }
    mean[i] = 10 ** (1.6 + 1.1 * normal());
    trend[i] = 0.02 + 4 / mean[i];
    const noise = normal() * 0.8;
    wise[i] = random() < 0.04 ? 1e-8 : trend[i] * Math.exp(noise);
    map[i] = trend[i] * Math.exp(noise * 0.4);
    if (random() < 0.006) {
      wise[i] = trend[i] * 12 * (1 + random());
      map[i] = wise[i];
      outlier[i] = "true";
    }
  }
  return makeTable({
    gene_id: utf8(Array.from({ length: n }, (_, i) => `ENSMUSG${String(i + 1).padStart(11, "0")}`)),
    baseMean: float64(mean),
    gene_wise: float64(wise),
    trend: float64(trend),
    map: float64(map),
    outlier: utf8(outlier),
  });
}

function simulatedSamples(n: number): { ids: string[]; table: Table; genotype: string[] } {
  const genotype = Array.from({ length: n }, (_, i) => (i % 4 < 2 ? "WT" : "SOD1"));
  const age = Array.from({ length: n }, (_, i) => (i % 2 ? "P112" : "P56"));
  const ids = genotype.map((g, i) => `${g}_${age[i]}_${Math.floor(i / 4) + 1}`);
  const table = makeTable({
    sample_id: utf8(ids),
    genotype: factor(genotype, ["WT", "SOD1"]),
    age: factor(age, ["P56", "P112"]),
  });
  return { ids, table, genotype };
}

/** sizeFactors' table for n samples, and their samples table. */
export function simulatedSizes(n: number, seed = 5): { table: Table; samples: Table } {
  const normal = normals(seed);
  const { ids, table: samples } = simulatedSamples(n);
  const sizes = Float64Array.from(ids, () => Math.round(12e6 * Math.exp(normal() * 0.4)));
  const mean = Math.exp(sizes.reduce((sum, v) => sum + Math.log(v), 0) / Math.max(1, n));
  const table = makeTable(
    {
      sample_id: utf8(ids),
      size_factor: float64(sizes.map((v) => (v / mean) * Math.exp(normal() * 0.08))),
      norm_factor: float64(sizes.map(() => 1)),
      library_size: float64(sizes),
    },
    { method: "ratio" },
  );
  return { table, samples };
}

/** correlate's table for n samples in two groups, their samples table, and a tree that joins group by group. */
export function simulatedCorrelations(n: number, seed = 9) {
  const normal = normals(seed);
  const { ids, table: samples, genotype } = simulatedSamples(n);
  const r = ids.map(() => new Float64Array(n).fill(1));
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j)
      r[i][j] = r[j][i] = (genotype[i] === genotype[j] ? 0.985 : 0.962) + normal() * 0.003;
  const table = makeTable(
    [["sample_id", utf8(ids)] as const, ...ids.map((id, j) => [id, float64(r[j])] as const)],
    { by: "samples", method: "pearson", note: "on log2 CPM" },
  );
  const groups = ["WT", "SOD1"].map((g) => ids.flatMap((_, i) => (genotype[i] === g ? [i] : [])));
  const merge: number[] = [];
  const height: number[] = [];
  const ends = groups.map((group, g) => {
    let end = -(group[0] + 1);
    group.slice(1).forEach((i, k) => {
      merge.push(end, -(i + 1));
      height.push(0.02 + 0.004 * k + 0.001 * g);
      end = height.length;
    });
    return end;
  });
  merge.push(...ends);
  height.push(0.2);
  const tree = { order: groups.flat().map((i) => i + 1), merge, height, labels: ids };
  return { table, samples, tree };
}
