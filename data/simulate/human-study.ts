import type { Gene } from "./genes.ts";
import type { Planted } from "./programmes.ts";
import { exp } from "./portable-math.ts";
import { random } from "./random.ts";
import { sampleCounts } from "./sample-counts.ts";

/** A cell of the human set. */
export interface Cell {
  readonly sample_id: string;
  readonly genotype: "E100E" | "E100G";
  readonly differentiation: "D1" | "D2" | "D3" | "D4";
}

export interface HumanGene {
  /** The human symbol, and the mouse gene that it was paired with by name. */
  readonly symbol: string;
  readonly gene: Gene;
  /** Planted log2 fold change of E100G over E100E. */
  readonly change: number;
}

/** Those that carry most of the signal, as the paper says of them; NTS as its preprint adds. */
const signals: Readonly<Record<string, number>> = { VGF: 2.2, INA: 1.5, PENK: 2, NTS: 1.3 };

/** 115 cells: four differentiations, each with both genotypes. */
export function humanCells(): Cell[] {
  const sizes = { D1: [15, 16], D2: [14, 15], D3: [13, 14], D4: [14, 14] } as const;
  let n = 0;
  return (Object.keys(sizes) as (keyof typeof sizes)[]).flatMap((differentiation) =>
    (["E100E", "E100G"] as const).flatMap((genotype, k) =>
      Array.from({ length: sizes[differentiation][k] }, (): Cell => ({
        sample_id: `C${String(++n).padStart(3, "0")}`,
        genotype,
        differentiation,
      })),
    ),
  );
}

/**
 * The human genes: those with a mouse gene of the same name, at its level with a scatter of 0.8. Four genes carry most of the
 * difference between the genotypes; of the genes that go up in mouse SC at P112, one in eight goes up here by 0.3 to 0.8.
 */
export function humanGenes(
  genes: readonly Gene[],
  planted: ReadonlyMap<string, Planted>,
  human: ReadonlyMap<string, string>,
): HumanGene[] {
  return genes.flatMap((gene) => {
    const symbol = human.get(gene.symbol);
    if (symbol === undefined) return [];
    const draw = random(`human/${symbol}`);
    const up = (planted.get(gene.symbol)?.response["SC P112"] ?? 0) > 0;
    const chance = draw.uniform();
    const weak = Math.round((0.3 + 0.5 * draw.uniform()) * 1000) / 1000;
    return [{ symbol, gene, change: signals[symbol] ?? (up && chance < 0.125 ? weak : 0) }];
  });
}

/** Counts of single cells: 120,000 molecules a cell, dispersion six times that between animals, effects of differentiation. */
export function humanCounts(genes: readonly HumanGene[], cells: readonly Cell[]): Int32Array {
  const draw = random("libraries/human");
  const libraries = cells.map((_, pool) => ({
    pool,
    molecules: 120_000 * exp(0.35 * draw.normal()),
    depth: 500_000 * exp(0.35 * draw.normal()),
  }));
  const sources = genes.map(({ symbol, gene, change }) => {
    const own = random(`human/batches/${symbol}`);
    const level = gene.level + gene.identity.SC + 0.8 * own.normal() + (symbol in signals ? 1 : 0);
    const affected = own.uniform() < 0.3;
    const batches = ["D1", "D2", "D3", "D4"].map(() => (affected ? 0.5 * own.normal() : 0));
    return {
      symbol,
      length: gene.length,
      dispersion: 6 * gene.dispersion,
      // The line is a woman's: no Y chromosome.
      level: (pool: number) =>
        gene.sex === "male"
          ? -Infinity
          : level +
            batches[Number(cells[pool].differentiation[1]) - 1] +
            (cells[pool].genotype === "E100G" ? change : 0),
    };
  });
  return sampleCounts("human", sources, cells.length, libraries);
}
