import { checkInteger, checkOptions } from "../../base/check.ts";
import { argumentError, workError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  float64,
  makeTable,
  strings,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { geneNames } from "./gene-names.ts";
import { logScaleOf } from "./log-scale-of.ts";
import { mostVariable } from "./most-variable.ts";
import { rowsOnScale } from "./rows-on-scale.ts";

export interface PcaOptions {
  /** How many of the most variable genes take part; 500. */
  readonly ntop?: number;
  /** Divide each gene by its standard deviation; false. */
  readonly scale?: boolean;
  /** How many components have scores and loadings; 10, or as many as there are. */
  readonly components?: number;
}

export interface PcaResult {
  /** `sample_id PC1 PC2 …` and the sample columns. */
  readonly scores: Table;
  /** `gene_id symbol PC1 PC2 …` of the genes that took part, most variable first; each component has length 1. */
  readonly loadings: Table;
  /** `component variance proportion` of every component; proportions are of the total variance. */
  readonly variance: Table;
  /** What was analysed, in words. */
  readonly note: string;
}

/**
 * Principal components of samples over the most variable genes, centred: R's prcomp, with the sign of a component such that
 * its largest loading is positive. On logcpm of counts, log2(x + 1) of abundances, log values as they are.
 */
export async function pca(
  experiment: Experiment,
  options: PcaOptions | undefined,
  context: AnalysisContext,
): Promise<PcaResult> {
  const given = checkOptions("pca", options, ["ntop", "scale", "components"]);
  const ntop = checkInteger("pca", "ntop", given.ntop, { min: 1, fallback: 500 });
  const most = checkInteger("pca", "components", given.components, { min: 1, fallback: 10 });
  const scaled = given.scale ?? false;
  if (typeof scaled !== "boolean")
    throw argumentError(`pca: invalid scale: ${String(scaled)}`, { help: "It is true or false." });
  const { counts, genes, samples } = experiment;
  if (counts.nSamples < 2)
    throw argumentError(`pca needs at least two samples: ${counts.nSamples}`);
  const { scale, note } = logScaleOf("pca", experiment);
  const rows = await mostVariable(experiment, ntop, scale, context);
  if (rows.length === 0) throw workError("pca: no gene varies between samples");
  const nGenes = rows.length;
  const { nSamples } = counts;
  const { scores, loadings, variance } = await context.pool.call(
    "pca",
    {
      values: rowsOnScale(counts, rows, scale),
      nGenes,
      nSamples,
      scale: scaled,
      components: most,
    },
    { ...context, label: "principal components" },
  );
  const n = Math.min(most, variance.length);
  const components = (values: Float64Array, length: number): [string, Column][] =>
    Array.from({ length: n }, (_, c) => [
      `PC${c + 1}`,
      float64(values.slice(c * length, (c + 1) * length)),
    ]);
  const pcs = components(scores, nSamples);
  const taken = new Set(["sample_id", ...pcs.map(([name]) => name)]);
  const total = variance.reduce((a, b) => a + b, 0);
  const words = `Principal components of ${nSamples} samples over the ${nGenes} most variable genes, ${note}, centred${
    scaled ? " and scaled" : ""
  }.`;
  return {
    scores: makeTable(
      [
        ["sample_id", utf8(strings(samples, "sample_id"))],
        ...pcs,
        ...columnNames(samples)
          .filter((name) => name !== "sample_id")
          .map((name): [string, Column] => [
            taken.has(name) ? `${name}_of_sample` : name,
            column(samples, name),
          ]),
      ],
      { note: words },
    ),
    loadings: makeTable([
      ...Object.entries(geneNames(genes, rows)),
      ...components(loadings, nGenes),
    ]),
    variance: makeTable({
      component: utf8(Array.from(variance, (_, c) => `PC${c + 1}`)),
      variance: float64(variance),
      proportion: float64(variance.map((v) => v / total)),
    }),
    note: words,
  };
}
