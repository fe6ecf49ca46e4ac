import { exp2 } from "./portable-math.ts";
import { random } from "./random.ts";

export const populations = ["SC", "CN12", "CN3/4", "CN10"] as const;
export type Population = (typeof populations)[number];

/** A gene of the simulated mice: how much of it there is before any disease. */
export interface Gene {
  readonly symbol: string;
  /** Of the longest transcript, in bases. */
  readonly length: number;
  /** log2 of molecules per million and kilobase in a typical motor neuron; -Infinity for a gene that is silent. */
  readonly level: number;
  /** What each population has more of it than `level` says, on log2 scale. */
  readonly identity: Readonly<Record<Population, number>>;
  /** Dispersion between animals, without counting. */
  readonly dispersion: number;
  /** Expressed in one sex only. */
  readonly sex: "female" | "male" | null;
  /** log2 change at P112 over P56 in all populations. */
  readonly age: number;
  /** log2 change in the second and third batch. */
  readonly batch: readonly [number, number];
  /** Standard deviation between animals that all populations of an animal share, on log2 scale. */
  readonly animal: number;
}

const none: Gene["identity"] = { SC: 0, CN12: 0, "CN3/4": 0, CN10: 0 };

/** Levels of genes that the text speaks of, so that they are there to be seen. */
const levels: Readonly<Record<string, number>> = {
  Chat: 7.5, Slc5a7: 6.5, Slc18a3: 6.5, Isl1: 5.5, Mnx1: 4, Prph: 9, Nefl: 10, Vgf: 5.5, Ina: 6, Penk: 3.5,
  En1: 1.2, Pvalb: 3.5, Cd63: 5.5, Gal: 2.2, Ucn: 1.5, Cck: 3, Postn: 2.5, Atf3: 1.8, Nupr1: 3.2, Cd44: 2.8,
  Gadd45a: 3.6, Ngfr: 2.4, Ccl2: 1.4, Ccl7: 1.1, Timp1: 2.2, Serpinb1a: 2.6, Chl1: 5, Sprr1a: 1.2, Gap43: 6,
  Atf4: 6.5, Ddit3: 3.8, Fgf21: 1.2, Adcyap1: 3, Mt1: 6.2, Nts: 2.5, Xist: 6, Ddx3y: 4.5, Eif2s3y: 4.5,
  Kdm5d: 3.5, Uty: 3, Usp9y: 1, Phox2a: 2, Phox2b: 2, Tbx20: 2.5,
}; // prettier-ignore

/** What is known of where motor neurons sit: Hox genes behind, Phox2a in front, Phox2b and Tbx20 among the cranial. */
function knownIdentity(symbol: string): Gene["identity"] | null {
  if (/^Hox[a-d](6|7|8|9|10)$/.test(symbol)) return { SC: 4.5, CN12: -2, "CN3/4": -4, CN10: -3 };
  if (/^Hox[a-d](4|5)$/.test(symbol)) return { SC: 2.5, CN12: 2, "CN3/4": -4, CN10: 2 };
  if (symbol === "Phox2a") return { SC: -4, CN12: -4, "CN3/4": 4, CN10: 1 };
  if (symbol === "Phox2b") return { SC: -4, CN12: -4, "CN3/4": 3, CN10: 4 };
  if (symbol === "Tbx20") return { SC: -4, CN12: -1, "CN3/4": 2, CN10: 3 };
  return null;
}

const females = new Set(["Xist"]);
const males = new Set(["Ddx3y", "Eif2s3y", "Kdm5d", "Uty", "Usp9y", "Eif1ay"]);

/**
 * Genes as they are without disease. Of every hundred 22 are silent and 18 leak (log2 level -2.5 ± 1.2); the others stand at
 * 3.4 ± 2.1, cut at -1 and 11. A quarter of the expressed have a mark of identity: one or two populations that differ by
 * N(0, 1.1). Dispersion between animals is 0.05 with a log-normal scatter of 0.5. A tenth change with age, a quarter with batch.
 */
export function makeGene(symbol: string, length: number): Gene {
  const draw = random(`gene/${symbol}`);
  const kind = draw.uniform();
  const spread = draw.normal();
  const known = levels[symbol];
  const hox = knownIdentity(symbol);
  const drawn =
    kind < 0.22
      ? -Infinity
      : kind < 0.4
        ? -2.5 + 1.2 * spread
        : Math.min(11, Math.max(-1, 3.4 + 2.1 * spread));
  const level = known ?? (hox ? Math.max(2, Math.min(4, drawn)) : drawn);
  const identity = { ...none, ...hox };
  const marked = draw.uniform();
  const first = populations[draw.below(4)];
  const second = populations[draw.below(4)];
  const change = 1.1 * draw.normal();
  const two = draw.uniform() < 0.35;
  if (known === undefined && !hox && marked < 0.25 && level > 0) {
    identity[first] += change;
    if (two && second !== first) identity[second] += change;
  }
  const scatter = draw.normal();
  const aged = draw.uniform() < 0.1 ? 0.5 * draw.normal() : 0;
  const batched = draw.uniform() < 0.25;
  const batch = [0.35 * draw.normal(), 0.35 * draw.normal()] as const;
  return {
    symbol,
    length,
    level,
    identity,
    dispersion: 0.05 * exp2(0.72 * Math.max(-2.5, Math.min(2.5, scatter))),
    sex: females.has(symbol) ? "female" : males.has(symbol) ? "male" : null,
    age: aged,
    batch: batched ? batch : [0, 0],
    animal: draw.uniform() < 0.3 ? 0.15 : 0.05,
  };
}
