import { float64, makeTable, utf8, type Table } from "../../src/tables/index.ts";
import { seeded } from "./random.ts";

export interface SimulatedResults {
  readonly genes: number;
  readonly seed?: number;
  /** Share of genes that truly differ. */
  readonly changed?: number;
  /** Another table's seed whose true changes this one shares, and in what share of these genes. */
  readonly truthSeed?: number;
  readonly truthShare?: number;
  /** "SOD1 over WT". */
  readonly above?: string;
  readonly below?: string;
  readonly alpha?: number;
  readonly symbol?: (i: number) => string | null;
}

/** A results table made up by rule: negative-binomial-like means, normal changes, Wald p and BH; a share without p by each reason. */
export function simulatedResults(options: SimulatedResults): Table {
  const {
    genes: n,
    seed = 7,
    changed = 0.06,
    above = "SOD1",
    below = "WT",
    alpha = 0.05,
  } = options;
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const hidden = seeded(options.truthSeed ?? seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - hidden())) * Math.cos(2 * Math.PI * hidden());
  const truths = Float64Array.from({ length: n }, () =>
    hidden() < changed ? gauss() * 1.1 + (hidden() < 0.6 ? 0.7 : -0.7) : 0,
  );
  const truthOf = (i: number) =>
    truths[i] !== 0 && random() < (options.truthShare ?? 1) ? truths[i] : 0;
  const columns = {
    baseMean: new Float64Array(n),
    log2FoldChange: new Float64Array(n),
    lfcSE: new Float64Array(n),
    stat: new Float64Array(n),
    pvalue: new Float64Array(n),
    padj: new Float64Array(n),
  };
  const reason: (string | null)[] = [];
  for (let i = 0; i < n; ++i) {
    const mean = random() < 0.05 ? 0 : 10 ** (0.3 + 1.2 * normal() + 1.2);
    const se = 0.18 + 0.25 * random() + 1.3 / Math.sqrt(1 + mean / 6);
    const truth = truthOf(i);
    const change = truth + normal() * se;
    const stat = change / se;
    columns.baseMean[i] = mean;
    columns.lfcSE[i] = mean ? se : NaN;
    columns.log2FoldChange[i] = mean ? change : NaN;
    columns.stat[i] = mean ? stat : NaN;
    columns.pvalue[i] = mean ? twoSided(stat) : NaN;
    reason.push(mean ? null : "all zero");
    if (mean && random() < 0.003) {
      columns.pvalue[i] = NaN;
      reason[i] = "outlier";
    }
  }
  columns.padj.set(adjusted(columns.pvalue, (i) => columns.baseMean[i] > 3));
  for (let i = 0; i < n; ++i)
    if (reason[i] === null && Number.isNaN(columns.padj[i])) reason[i] = "filtered";
  const ids = Array.from({ length: n }, (_, i) => `ENSMUSG${String(i + 1).padStart(11, "0")}`);
  const symbol = options.symbol ?? ((i: number) => madeUpSymbol(i));
  return makeTable(
    {
      gene_id: utf8(ids),
      symbol: utf8(ids.map((_, i) => symbol(i))),
      ...Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, float64(values)]),
      ),
      reason: utf8(reason),
    },
    {
      method: "deseq2",
      design: "~ genotype",
      contrast: `${above} over ${below}: positive means higher in ${above}`,
      alpha: String(alpha),
    },
  );
}

/** Two-sided normal p by the continued fraction of the tail; good to some figures, which is enough for pictures. */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  if (x < 3) {
    const poly =
      ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
      t;
    return Math.min(1, poly * Math.exp(-x * x));
  }
  let f = 0;
  for (let k = 40; k > 0; --k) f = k / 2 / (x + f);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
}

function adjusted(p: Float64Array, kept: (i: number) => boolean): Float64Array {
  const out = new Float64Array(p.length).fill(NaN);
  const rows = Array.from(p.keys()).filter((i) => p[i] >= 0 && kept(i));
  rows.sort((a, b) => p[b] - p[a] || a - b);
  let least = 1;
  rows.forEach((row, k) => {
    least = Math.min(least, (p[row] * rows.length) / (rows.length - k));
    out[row] = least;
  });
  return out;
}

const heads = [
  "Atf",
  "Gal",
  "Vgf",
  "Nup",
  "Cd",
  "Gad",
  "Ngf",
  "Ccl",
  "Tim",
  "Ser",
  "Chl",
  "Spr",
  "Ddi",
  "Pen",
  "Ina",
];

function madeUpSymbol(i: number): string {
  return `${heads[i % heads.length]}${Math.floor(i / heads.length) + 1}`;
}
