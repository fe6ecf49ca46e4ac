import { populations, type Gene, type Population } from "./genes.ts";
import { ages, type Planted } from "./programmes.ts";
import type { HumanGene } from "./human-study.ts";
import type { MouseLibrary } from "./mouse-study.ts";
import type { RodentStudy, StudyGene } from "./rodent-studies.ts";

/** One line of the truth table: a gene that differs in a contrast. Genes without a line do not differ. */
export interface TruthRow {
  readonly study: string;
  readonly contrast: string;
  readonly gene_id: string;
  readonly log2_fold_change: number;
  readonly programme: string;
  readonly effect: string;
  readonly origin: string;
  /** "up" or "down" for the 39 genes that all rodent studies share. */
  readonly core: string;
  /** Populations and ages, or studies, in which the gene responds. */
  readonly carriers: string;
}

/** What each gene's change is, by contrast: responses of the mice, their baseline, the three other studies, the human cells. */
export function truthRows(
  genes: readonly Gene[],
  planted: ReadonlyMap<string, Planted>,
  studies: readonly { readonly study: RodentStudy; readonly genes: readonly StudyGene[] }[],
  human: readonly HumanGene[],
): TruthRow[] {
  const rows: TruthRow[] = [];
  const add = (study: string, contrast: string, symbol: string, change: number, id = symbol) => {
    if (change === 0) return;
    const plan = planted.get(symbol);
    const own = carriersOf(plan);
    const isBaseline = contrast.includes("WT: ");
    rows.push({
      study,
      contrast,
      gene_id: id,
      log2_fold_change: Math.round(change * 1e6) / 1e6,
      programme: plan?.programme ?? (isBaseline ? "identity" : "of this study alone"),
      effect: plan?.effect ?? "",
      origin: plan?.origin ?? "",
      core: plan?.core === 1 ? "up" : plan?.core === -1 ? "down" : "",
      carriers: own,
    });
  };
  for (const population of populations)
    for (const age of ages)
      for (const gene of genes) {
        const plan = planted.get(gene.symbol);
        const change = plan?.response[`${population} ${age}`] ?? 0;
        add("mouse", `${population} ${age}: SOD1 over WT`, gene.symbol, change);
      }
  const there = (gene: Gene, population: Population) =>
    gene.identity[population] + (planted.get(gene.symbol)?.baseline[population] ?? 0);
  const baselines: readonly (readonly [string, (gene: Gene) => number])[] = [
    ...(["CN12", "CN3/4", "CN10"] as const).map(
      (population) =>
        [
          `WT: ${population} over SC`,
          (gene: Gene) => there(gene, population) - there(gene, "SC"),
        ] as const,
    ),
    [
      "WT: resistant over vulnerable",
      (gene) =>
        (there(gene, "CN3/4") + there(gene, "CN10") - there(gene, "SC") - there(gene, "CN12")) / 2,
    ],
  ];
  for (const [contrast, change] of baselines)
    for (const gene of genes)
      if (gene.level !== -Infinity) add("mouse", contrast, gene.symbol, change(gene));
  for (const { study, genes: own } of studies)
    for (const { gene, change } of own) add(study.name, "SOD1 over WT", gene.symbol, change);
  for (const { symbol, gene, change } of human)
    add("human", "E100G over E100E", gene.symbol, change, symbol);
  return rows;
}

function carriersOf(plan: Planted | undefined): string {
  return plan
    ? populations
        .flatMap((population) => ages.map((age) => `${population} ${age}` as const))
        .filter((key) => (plan.response[key] ?? 0) !== 0)
        .join("; ")
    : "";
}

/** What each library of the mouse experiment really is. */
export function sampleTruth(libraries: readonly MouseLibrary[]) {
  return libraries.map((one) => ({
    sample_id: one.sample_id,
    labelled: one.population,
    is: one.truth,
    note: one.note,
  }));
}
