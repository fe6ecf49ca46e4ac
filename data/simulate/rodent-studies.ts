import type { Gene } from "./genes.ts";
import type { Planted } from "./programmes.ts";
import { exp, exp2, log2 } from "./portable-math.ts";
import { random } from "./random.ts";
import { sampleCounts } from "./sample-counts.ts";

/** One of the three other rodent studies. */
export interface RodentStudy {
  readonly name: "g37r" | "g85r" | "g86r";
  readonly mutation: string;
  readonly technique: string;
  readonly kind: "counts" | "log";
  /** Animals of each genotype. */
  readonly animals: number;
  /** How many genes it reports. */
  readonly genes: number;
  readonly depth: number;
  readonly molecules: number;
  /** Whether reads grow with length. */
  readonly fullLength: boolean;
  /** Of the core's change in the mouse experiment, what this study shows. */
  readonly strength: number;
}

export const rodentStudies: readonly RodentStudy[] = [
  {
    name: "g37r",
    mutation: "SOD1-G37R",
    technique: "deep RNA-seq of pooled motor neurons",
    kind: "counts",
    animals: 5,
    genes: 18_200,
    depth: 14_000_000,
    molecules: 6_000_000,
    fullLength: true,
    strength: 1,
  },
  {
    name: "g85r",
    mutation: "SOD1-G85R",
    technique: "shallow 3′ RNA-seq",
    kind: "counts",
    animals: 6,
    genes: 14_600,
    depth: 1_800_000,
    molecules: 1_200_000,
    fullLength: false,
    strength: 0.85,
  },
  {
    name: "g86r",
    mutation: "SOD1-G86R",
    technique: "a microarray, log2 intensities",
    kind: "log",
    animals: 6,
    genes: 11_900,
    depth: 0,
    molecules: 0,
    fullLength: false,
    strength: 1,
  },
];

/** A gene as one of these studies sees it. */
export interface StudyGene {
  readonly gene: Gene;
  /** log2 level in the wild type. */
  readonly level: number;
  /** Planted log2 fold change of SOD1 over wild type, 0 for none. */
  readonly change: number;
}

/**
 * The genes that a study reports, in the mouse order: those of the core, and others drawn with expressed ones first in line;
 * levels scatter by 0.6 about the mouse experiment's spinal neurons. Changes: the core's as in SC at P112 times the
 * study's strength; of the other genes that respond there, 35 % alike, 6 % with the opposite sign; and 2 % of the rest of its own.
 */
export function studyGenes(
  study: RodentStudy,
  genes: readonly Gene[],
  planted: ReadonlyMap<string, Planted>,
): StudyGene[] {
  const draw = random(`study/${study.name}`);
  const ranked = genes.map((gene, i) => {
    const core = (planted.get(gene.symbol)?.core ?? 0) !== 0;
    const rank = core ? -Infinity : draw.uniform() + (gene.level > 0 ? 0 : 0.75);
    return { i, rank };
  });
  const chosen = ranked
    .toSorted((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, study.genes)
    .map(({ i }) => i)
    .toSorted((a, b) => a - b);
  return chosen.map((i) => {
    const gene = genes[i];
    const own = random(`study/${study.name}/${gene.symbol}`);
    const level = gene.level + gene.identity.SC + 0.6 * own.normal();
    return { gene, level, change: rounded(changeOf(study, gene, planted.get(gene.symbol), own)) };
  });
}

function changeOf(
  study: RodentStudy,
  gene: Gene,
  plan: Planted | undefined,
  own: ReturnType<typeof random>,
): number {
  const chance = own.uniform();
  const factor = 0.8 + 0.4 * own.uniform();
  const alone = (own.uniform() < 0.6 ? 1 : -1) * (0.7 + own.uniform());
  const there = plan?.response["SC P112"] ?? 0;
  if (plan && plan.core !== 0) return there * study.strength * factor;
  if (there !== 0) return chance < 0.35 ? there * factor : chance < 0.41 ? -there * factor : 0;
  return gene.level > 0.5 && gene.sex === null && chance < 0.02 ? alone : 0;
}

/** The values of a study, genes x animals: wild types first, then mutants; each animal is one pool and one library. */
export function studyValues(
  study: RodentStudy,
  genes: readonly StudyGene[],
  sexes: readonly ("female" | "male")[],
): Int32Array | Float64Array {
  const n = study.animals * 2;
  const levelOf = ({ gene, level, change }: StudyGene, s: number): number =>
    gene.sex !== null && gene.sex !== sexes[s] ? -Infinity : level + (s < n / 2 ? 0 : change);
  if (study.kind === "counts") {
    const draw = random(`libraries/${study.name}`);
    const libraries = Array.from({ length: n }, (_, pool) => ({
      pool,
      molecules: study.molecules * exp(0.15 * draw.normal()),
      depth: study.depth * exp(0.25 * draw.normal()),
    }));
    const sources = genes.map((one) => ({
      symbol: one.gene.symbol,
      length: study.fullLength ? one.gene.length : 1000,
      dispersion: one.gene.dispersion,
      level: (pool: number) => levelOf(one, pool),
    }));
    return sampleCounts(study.name, sources, n, libraries);
  }
  const values = new Float64Array(genes.length * n);
  const shifts = random(`libraries/${study.name}`);
  const shift = Array.from({ length: n }, () => 0.1 * shifts.normal());
  genes.forEach((one, g) => {
    const draw = random(`${study.name}/${one.gene.symbol}`);
    for (let s = 0; s < n; ++s) {
      const level = levelOf(one, s);
      const amount = level === -Infinity ? 0 : exp2(level) * draw.gamma(1 / one.gene.dispersion);
      const value = log2(40 + 30 * amount) + shift[s] + 0.18 * draw.normal();
      values[g * n + s] = Math.round(value * 1024) / 1024;
    }
  });
  return values;
}

function rounded(x: number): number {
  return Math.round(x * 1000) / 1000;
}
