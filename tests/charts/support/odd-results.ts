import { float64, makeTable, utf8, type Table } from "../../../src/tables/index.ts";

export interface OddGene {
  readonly id: string;
  readonly symbol?: string | null;
  readonly mean?: number | null;
  readonly change: number | null;
  readonly p: number | null;
  readonly padj?: number | null;
  readonly reason?: string | null;
}

/** A results table of hand-written genes; padj is p where it is not given. */
export function oddResults(
  genes: readonly OddGene[],
  metadata: Record<string, string> = {},
): Table {
  const of = (pick: (gene: OddGene) => number | null | undefined) =>
    float64(genes.map((gene) => pick(gene) ?? null));
  return makeTable(
    {
      gene_id: utf8(genes.map((gene) => gene.id)),
      symbol: utf8(genes.map((gene) => gene.symbol ?? null)),
      baseMean: of((gene) => (gene.mean === undefined ? 100 : gene.mean)),
      log2FoldChange: of((gene) => gene.change),
      lfcSE: of(() => 0.2),
      stat: of((gene) => gene.change && gene.change / 0.2),
      pvalue: of((gene) => gene.p),
      padj: of((gene) => (gene.padj === undefined ? gene.p : gene.padj)),
      reason: utf8(genes.map((gene) => gene.reason ?? null)),
    },
    { contrast: "SOD1 over WT: positive means higher in SOD1", alpha: "0.05", ...metadata },
  );
}
