import { populations, type Gene, type Population } from "./genes.ts";
import { random, type Random } from "./random.ts";

export const ages = ["P56", "P112"] as const;
export type Age = (typeof ages)[number];
/** log2 fold change of SOD1-G93A over wild type by population and age; what is absent is 0. */
export type Response = Partial<Record<`${Population} ${Age}`, number>>;

/** Named by the paper or its preprint; recalled by us as named there, without the text at hand; or drawn by the seed. */
export type Origin = "named" | "recalled" | "filler";
export type Effect = "protective" | "harmful" | "";

/** What was planted in a gene. */
export interface Planted {
  readonly programme: string;
  readonly origin: Origin;
  /** What the simulation calls it; the paper does not sort its genes so. */
  readonly effect: Effect;
  /** SOD1-G93A over wild type in the mouse experiment. */
  readonly response: Response;
  /** What populations have more of it in health, on log2 scale. */
  readonly baseline: Partial<Record<Population, number>>;
  /** One of the 39 that all four rodent studies share: 1 up, -1 down, 0 not of them. */
  readonly core: -1 | 0 | 1;
}

interface Programme {
  readonly name: string;
  readonly effect: Effect;
  readonly named: Readonly<Record<string, Partial<Planted>>>;
  readonly fillers: number;
  /** Least level of fillers. */
  readonly least: number;
  /** The share of fillers that go down. */
  readonly down: number;
  readonly response: Response;
  readonly baseline?: Partial<Record<Population, number>>;
  /** Of the fillers, the share that has the response in a population at all. */
  readonly share?: Partial<Record<Population, number>>;
  readonly core?: boolean;
}

const inCore: Partial<Planted> = { core: 1 };
const eleven: Response = { "SC P56": 1.3, "SC P112": 2.8, "CN12 P112": 2 };
const own = (population: Population, age: Age, size: number): Response => ({
  [`${population} ${age}`]: size,
});
const onOnly = (
  population: Population,
  age: Age,
  fillers: number,
  down: number,
  size: number,
): Programme => ({
  name: `only ${population} ${age}`,
  effect: "",
  named: {},
  fillers,
  least: 0.5,
  down,
  response: own(population, age, size),
});

/** Every programme, in the order in which fillers are drawn. */
export const programmes: readonly Programme[] = [
  {
    name: "the shared eleven",
    effect: "",
    named: {
      Atf3: { core: 1, effect: "protective" },
      Nupr1: { core: 1, effect: "harmful" },
      Cd44: {},
      Gadd45a: {},
      Ngfr: {},
      Ccl2: {},
      Ccl7: {},
      Gal: { effect: "protective", baseline: { "CN3/4": 3, CN10: 1.5 } },
      Timp1: {},
      Serpinb1a: {},
      Chl1: { response: { "SC P56": 0.8, "SC P112": 1.5, "CN12 P112": 1.2 } },
    },
    fillers: 0,
    least: 0,
    down: 0,
    response: eleven,
  },
  {
    name: "resistant baseline induced",
    effect: "protective",
    named: {
      En1: { baseline: { "CN3/4": 3 } },
      Pvalb: { baseline: { "CN3/4": 2.6 } },
      Cd63: { baseline: { "CN3/4": 1.7, CN10: 0.8 } },
    },
    fillers: 45,
    least: 2,
    down: 0,
    response: { "SC P112": 1.6, "CN12 P112": 1.1 },
    baseline: { "CN3/4": 1.9 },
    share: { CN12: 0.55 },
  },
  {
    name: "resistant baseline not induced",
    effect: "",
    named: {
      Ucn: { baseline: { "CN3/4": 3 } },
      Cck: { baseline: { "CN3/4": 2.2, CN10: 1.4 } },
      Postn: { baseline: { "CN3/4": 2, CN10: 1 } },
    },
    fillers: 40,
    least: 1,
    down: 0,
    response: {},
    baseline: { "CN3/4": 1.9, CN10: 0.9 },
  },
  {
    name: "regeneration",
    effect: "protective",
    named: { Sprr1a: inCore, Gap43: { core: 1, origin: "recalled" } },
    fillers: 20,
    least: 2,
    down: 0,
    response: { "SC P56": 0.9, "SC P112": 2.2, "CN12 P112": 1.4 },
  },
  {
    name: "stress",
    effect: "harmful",
    named: { Atf4: inCore, Ddit3: inCore, Fgf21: inCore },
    fillers: 40,
    least: 2,
    down: 0,
    response: { "SC P112": 1.6, "CN12 P112": 1.1 },
  },
  {
    name: "vulnerability code",
    effect: "",
    named: {
      Penk: inCore,
      Vgf: inCore,
      Ina: inCore,
      Adcyap1: { core: 1, origin: "recalled" },
      Mt1: { core: 1, origin: "recalled" },
    },
    fillers: 27,
    least: 3.5,
    down: 0.2,
    response: { "SC P112": 1.8, "CN12 P112": 0.9 },
    core: true,
  },
  {
    name: "loss of identity",
    effect: "harmful",
    named: {},
    fillers: 180,
    least: 1.5,
    down: 1,
    response: { "SC P112": 1.2, "CN12 P112": 0.9 },
    share: { CN12: 0.4 },
  },
  {
    name: "shared vulnerable response",
    effect: "",
    named: {},
    fillers: 140,
    least: 0.5,
    down: 0.35,
    response: { "SC P56": 0.9, "SC P112": 1.4, "CN12 P112": 1.2 },
    share: { SC: 1 },
  },
  onOnly("SC", "P112", 340, 0.36, 1.2),
  onOnly("SC", "P56", 80, 0.4, 1),
  onOnly("CN12", "P112", 150, 0.4, 1.2),
  onOnly("CN12", "P56", 40, 0.4, 1),
  onOnly("CN3/4", "P112", 32, 0.4, 1.1),
  onOnly("CN3/4", "P56", 10, 0.4, 1.1),
  onOnly("CN10", "P112", 36, 0.4, 1.1),
  onOnly("CN10", "P56", 9, 0.4, 1.1),
];

/**
 * What is planted in which gene. A filler is an expressed gene of no other programme, drawn by the seed; its response is the
 * programme's times a factor from 0.7 to 1.3, with a sign where the programme goes both ways. Named genes take the programme's as
 * it stands. The early response of "shared vulnerable response" belongs to three fillers in ten.
 */
export function plant(genes: readonly Gene[]): ReadonlyMap<string, Planted> {
  const planted = new Map<string, Planted>();
  const known = new Set(genes.map((gene) => gene.symbol));
  for (const { name, effect, named, response, baseline = {} } of programmes)
    for (const [symbol, more] of Object.entries(named)) {
      if (!known.has(symbol)) throw new Error(`no such gene: ${symbol}`);
      planted.set(symbol, {
        programme: name,
        origin: "named",
        effect,
        response,
        baseline,
        core: 0,
        ...more,
      });
    }
  const reserved =
    /^(Xist|Ddx3y|Eif2s3y|Kdm5d|Uty|Usp9y|Nts|Chat|Slc5a7|Slc18a3|Isl1|Mnx1|Prph|Nefl|Phox2[ab]|Tbx20|Hox.*)$/;
  const pool = random("programmes").shuffled(
    genes.filter(
      (gene) => gene.level > 0.5 && !planted.has(gene.symbol) && !reserved.test(gene.symbol),
    ),
  );
  for (const programme of programmes) {
    const draw = random(`programme/${programme.name}`);
    for (let n = 0; n < programme.fillers; ++n) {
      const at = pool.findIndex((gene) => gene.level >= programme.least && gene.level < 9);
      if (at < 0) throw new Error(`no gene left for ${programme.name}`);
      const [gene] = pool.splice(at, 1);
      planted.set(gene.symbol, filler(programme, n, draw));
    }
  }
  return planted;
}

function filler(programme: Programme, n: number, draw: Random): Planted {
  const { name, effect, fillers, down, response, baseline = {}, share = {}, core } = programme;
  const sign = n < down * fillers ? -1 : 1;
  const early = name !== "shared vulnerable response" || draw.uniform() < 0.3;
  const own: Response = {};
  for (const population of populations) {
    const has = draw.uniform() < (share[population] ?? 1);
    for (const age of ages) {
      const key = `${population} ${age}` as const;
      const size = response[key];
      const factor = 0.7 + 0.6 * draw.uniform();
      if (size === undefined || !has || (age === "P56" && !early)) continue;
      own[key] = rounded(sign * size * factor);
    }
  }
  const factor = 0.7 + 0.6 * draw.uniform();
  return {
    programme: name,
    origin: "filler",
    effect,
    response: own,
    baseline: Object.fromEntries(
      Object.entries(baseline).map(([population, size]) => [population, rounded(size * factor)]),
    ),
    core: core ? sign : 0,
  };
}

/** To thousandths, so that the truth table says exactly what was planted. */
function rounded(x: number): number {
  return Math.round(x * 1000) / 1000;
}
