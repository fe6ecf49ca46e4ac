import { populations, type Gene, type Population } from "./genes.ts";
import { exp } from "./portable-math.ts";
import { ages, type Age, type Planted } from "./programmes.ts";
import { random } from "./random.ts";
import { sampleCounts, type Library } from "./sample-counts.ts";

export interface Animal {
  readonly name: string;
  readonly genotype: "WT" | "SOD1";
  readonly age: Age;
  readonly sex: "female" | "male";
  readonly batch: 1 | 2 | 3;
  /** How far the disease has gone, over its group's mean; 1 in the wild type. */
  readonly severity: number;
}

export interface MouseLibrary extends Library {
  readonly sample_id: string;
  readonly animal: Animal;
  /** What the sheet says. */
  readonly population: Population;
  /** What the library holds. */
  readonly truth: Population;
  readonly repeat: 1 | 2;
  /** Cells that were cut out. */
  readonly cells: number;
  readonly note: string;
}

/** Two libraries of one animal whose labels were exchanged. */
const swapped = { animal: "A17", between: ["SC", "CN3/4"] as readonly Population[] };
/** A spoilt library. */
const outlier = { animal: "A08", population: "CN10" };
/** Libraries of little material. */
const low = ["A03 CN3/4", "A06 CN10", "A11 CN3/4", "A14 CN12", "A19 CN10", "A22 CN3/4"];
/** Pools from which a second library was made. */
const repeated = [
  "A01 SC", "A04 CN12", "A07 CN3/4", "A10 CN10", "A13 SC", "A16 CN12", "A20 CN3/4", "A23 CN10",
]; // prettier-ignore

/** The 24 animals: genotype x age x 6, batches and sexes balanced in each group. */
export function animals(): Animal[] {
  const severities = [0.82, 0.9, 0.97, 1.03, 1.1, 1.18];
  let n = 0;
  return (["WT", "SOD1"] as const).flatMap((genotype) =>
    ages.flatMap((age) => {
      const drawn = random(`severity/${age}`).shuffled(severities);
      return drawn.map((severity, i): Animal => ({
        name: `A${String(++n).padStart(2, "0")}`,
        genotype,
        age,
        sex: i % 2 === 0 ? "female" : "male",
        batch: ((i % 3) + 1) as 1 | 2 | 3,
        severity: genotype === "SOD1" ? severity : 1,
      }));
    }),
  );
}

/** The 104 libraries in the order of the sheet: four of each animal, then the eight repeats. */
export function mouseLibraries(of: readonly Animal[]): MouseLibrary[] {
  const draw = random("libraries");
  const make = (animal: Animal, pool: number, population: Population, repeat: 1 | 2) => {
    const key = `${animal.name} ${population}`;
    const isLow = low.includes(key);
    const isOutlier = animal.name === outlier.animal && population === outlier.population;
    const isSwapped = animal.name === swapped.animal && swapped.between.includes(population);
    const size = exp(0.3 * draw.normal());
    const caught = exp(0.25 * draw.normal());
    const cells = 60 + draw.below(90);
    const few = isLow ? 0.05 : 1;
    return {
      sample_id: `${animal.name}_${population.replace("/", "")}${repeat === 2 ? "_r2" : ""}`,
      animal,
      population,
      truth: isSwapped ? swapped.between.find((other) => other !== population)! : population,
      repeat,
      pool,
      cells: isLow || isOutlier ? 8 + draw.below(12) : cells,
      molecules: isOutlier ? 60_000 : 3_000_000 * caught * few,
      depth: (isOutlier ? 250_000 : 2_600_000) * size,
      ambient: isOutlier ? 0.45 : 0,
      note: [
        isLow && "few cells: genes drop out",
        isOutlier && "spoilt: few molecules and 45 % of reads from all genes alike",
        isSwapped && "label exchanged",
      ]
        .filter(Boolean)
        .join("; "),
    };
  };
  const first = of.flatMap((animal, a) =>
    populations.map((population, p) => make(animal, a * 4 + p, population, 1)),
  );
  const again = repeated.map((key) => {
    const at = first.findIndex((one) => `${one.animal.name} ${one.population}` === key);
    return make(first[at].animal, at, first[at].population, 2);
  });
  const all = [...first, ...again];
  // A pool is what was cut out: exchanged labels mean that a library holds the other pool.
  return all.map((one) =>
    one.truth === one.population
      ? one
      : {
          ...one,
          pool: all.find((o) => o.animal === one.animal && o.population === one.truth)!.pool,
        },
  );
}

/** The counts of the mouse experiment, genes x libraries. */
export function mouseCounts(
  genes: readonly Gene[],
  planted: ReadonlyMap<string, Planted>,
  of: readonly Animal[],
  libraries: readonly MouseLibrary[],
): Int32Array {
  const sources = genes.map((gene) => {
    const plan = planted.get(gene.symbol);
    const draw = random(`animals/${gene.symbol}`);
    const own = of.map((animal) => {
      const shift = gene.animal * draw.normal();
      if (gene.sex !== null && gene.sex !== animal.sex) return -Infinity;
      const batch = animal.batch === 1 ? 0 : gene.batch[animal.batch - 2];
      return gene.level + shift + batch + (animal.age === "P112" ? gene.age : 0);
    });
    return {
      symbol: gene.symbol,
      length: gene.length,
      dispersion: gene.dispersion,
      level(pool: number): number {
        const animal = of[pool >> 2];
        const population = populations[pool & 3];
        const change =
          animal.genotype === "SOD1" ? (plan?.response[`${population} ${animal.age}`] ?? 0) : 0;
        const there = gene.identity[population] + (plan?.baseline[population] ?? 0);
        return own[pool >> 2] + there + change * animal.severity;
      },
    };
  });
  return sampleCounts("mouse", sources, of.length * populations.length, libraries);
}
