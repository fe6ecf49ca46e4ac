import { factor, float64, int32, makeTable, utf8, type Table } from "../../../src/tables/index.ts";

export interface SmallGene {
  readonly id: string;
  readonly symbol: string | null;
}

/** A `.counts()` table made by rule: `value(gene, sample)` for samples of two genotypes, three ages and `n` animals each. */
export function smallCounts(
  genes: readonly SmallGene[],
  value: (gene: number, sample: number) => number | null,
  n = 4,
): Table {
  const gene: string[] = [];
  const symbol: (string | null)[] = [];
  const sample: string[] = [];
  const count: (number | null)[] = [];
  const genotype: string[] = [];
  const day: number[] = [];
  genes.forEach((g, i) => {
    let j = 0;
    for (const type of ["WT", "SOD1"])
      for (const age of [56, 84, 112])
        for (let k = 0; k < n; ++k) {
          gene.push(g.id);
          symbol.push(g.symbol);
          sample.push(`${type}_P${age}_${k + 1}`);
          count.push(value(i, j++));
          genotype.push(type);
          day.push(age);
        }
  });
  return makeTable(
    {
      gene_id: utf8(gene),
      symbol: utf8(symbol),
      sample_id: utf8(sample),
      count: float64(count),
      genotype: factor(genotype, ["WT", "SOD1"]),
      day: int32(day),
    },
    { "engrailed.kind": "counts" },
  );
}

/** Repeatable numbers in 0..1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
