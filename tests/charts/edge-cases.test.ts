// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { dispersionPlot } from "../../src/stage/charts/dispersion-plot.ts";
import { foldChangeHeatmap } from "../../src/stage/charts/fold-change-heatmap.ts";
import type { ChartElement } from "../../src/stage/charts/frame.ts";
import { genePlot } from "../../src/stage/charts/gene-plot.ts";
import { heatmap } from "../../src/stage/charts/heatmap.ts";
import { librarySizes } from "../../src/stage/charts/library-sizes.ts";
import { maPlot } from "../../src/stage/charts/ma-plot.ts";
import { pcaPlot } from "../../src/stage/charts/pca-plot.ts";
import { pvalueHistogram } from "../../src/stage/charts/pvalue-histogram.ts";
import { sampleDistances } from "../../src/stage/charts/sample-distances.ts";
import { timeCourse } from "../../src/stage/charts/time-course.ts";
import { upset } from "../../src/stage/charts/upset.ts";
import { venn } from "../../src/stage/charts/venn.ts";
import { volcano } from "../../src/stage/charts/volcano.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";
import { oddResults, type OddGene } from "./support/odd-results.ts";
import { shortSvg } from "./support/short-svg.ts";
import { seeded } from "./support/small-counts.ts";

const width = 480;
const long = "a-very-long-name-that-no-one-would-want-to-read-in-a-figure-of-a-paper";
const oddNames = [long, "جين", "遺伝子", "Pcdhb", "Pcdhb", "<b>&amp;"];

const plain: OddGene[] = [
  { id: "g1", symbol: "Atf3", change: 3, p: 1e-20 },
  { id: "g2", symbol: "Gal", change: -2, p: 1e-8 },
  { id: "g3", symbol: "Actb", change: 0.1, p: 0.7 },
];

/** Genes of a results table, by case. */
const geneCases: Readonly<Record<string, readonly OddGene[]>> = {
  "none-significant": plain.map((gene) => ({ ...gene, p: 0.4, padj: 1 })),
  "one-gene": [plain[0]],
  "all-missing": plain.map((gene) => ({ ...gene, change: null, p: null, reason: "all zero" })),
  ties: Array.from({ length: 5 }, (_, i) => ({
    id: `t${i}`,
    symbol: `T${i}`,
    change: 1,
    p: 0.001,
  })),
  "negative-zero": [
    { id: "z", symbol: "Zero", change: -0, p: 1 },
    { id: "y", symbol: "Null", change: -0, p: 0 },
  ],
  names: oddNames.map((symbol, i) => ({ id: `E${i}`, symbol, change: i % 2 ? 2 : -2, p: 1e-9 })),
};

const geneCharts: Readonly<Record<string, (genes: readonly OddGene[]) => ChartElement>> = {
  volcano: (genes) => volcano(oddResults(genes), { width }),
  "ma-plot": (genes) => maPlot(oddResults(genes), { width }),
  "pvalue-histogram": (genes) => pvalueHistogram(oddResults(genes), { width, bins: 10 }),
  "fold-change-heatmap": (genes) =>
    foldChangeHeatmap(
      { [long]: oddResults(genes), "12 h": oddResults(genes.slice(0, 1)) },
      { width, genes: genes.map(({ id }) => id) },
    ),
  upset: (genes) =>
    upset({ [long]: oddResults(genes), 遺伝子: oddResults(genes.slice(0, 1)) }, { width }),
  venn: (genes) =>
    venn({ [long]: oddResults(genes), 遺伝子: oddResults(genes.slice(0, 1)) }, { width }),
  "dispersion-plot": (genes) =>
    dispersionPlot(
      genes.map(({ id, symbol, change, p }, i) => ({
        gene_id: id,
        symbol,
        baseMean: change === null ? null : 100,
        gene_wise: p === null ? null : Object.is(change, -0) ? -0 : 0.1 * (i + 1),
        trend: p === null ? null : 0.1,
        map: p === null ? null : 0.1,
        outlier: i === 1,
      })),
      { width },
    ),
};

interface Values {
  readonly genes: readonly (readonly [id: string, symbol: string])[];
  readonly samples: readonly string[];
  value(gene: number, sample: number): number | null;
}

const two = [
  ["g1", "Atf3"],
  ["g2", "Gal"],
] as const;
const four = ["a", "b", "c", "d"];
const random = seeded(11);
const noise = Array.from({ length: 600 }, random);

/** Values of genes in samples, by case. */
const sampleCases: Readonly<Record<string, Values>> = {
  "one-gene": { genes: [two[0]], samples: four, value: (_, j) => j + 1 },
  "one-sample": { genes: two, samples: ["a"], value: (i) => i + 1 },
  "300-samples": {
    genes: two,
    samples: Array.from({ length: 300 }, (_, j) => `s${j}`),
    value: (i, j) => 100 * noise[300 * i + j],
  },
  "all-missing": { genes: two, samples: four, value: () => null },
  ties: { genes: two, samples: four, value: () => 7 },
  "negative-zero": { genes: two, samples: four, value: (_, j) => (j % 2 ? -0 : 0) },
  names: {
    genes: oddNames.map((symbol, i) => [`E${i}`, symbol] as const),
    samples: [long, "عينة", "試料", "<b>&amp;"],
    value: (i, j) => i + 2 * j,
  },
};

const counts = ({ genes, samples, value }: Values) =>
  genes.flatMap(([gene_id, symbol], i) =>
    samples.map((sample_id, j) => ({
      gene_id,
      symbol,
      sample_id,
      count: value(i, j),
      group: samples.length === 4 ? sample_id : `group ${j % 3}`,
      day: j % 3,
    })),
  );
const wide = ({ genes, samples, value }: Values) =>
  makeTable([
    ["gene_id", utf8(genes.map(([id]) => id))],
    ["symbol", utf8(genes.map(([, symbol]) => symbol))],
    ...samples.map((name, j) => [name, float64(genes.map((_, i) => value(i, j)))] as const),
  ]);

const sampleCharts: Readonly<Record<string, (values: Values) => ChartElement>> = {
  "gene-plot": (values) => genePlot(counts(values), { width, x: "group" }),
  "time-course": (values) => timeCourse(counts(values), { width, x: "day", group: "group" }),
  "pca-plot": ({ samples, value }) =>
    pcaPlot(
      {
        scores: samples.map((sample_id, j) => ({
          sample_id,
          PC1: value(0, j),
          PC2: value(0, (j * 7) % samples.length),
          group: samples.length === 4 ? sample_id : `group ${j % 3}`,
        })),
        variance: [0.4, 0.2],
      },
      { width, color: "group", label: true },
    ),
  heatmap: (values) => heatmap(wide(values), { width }),
  "sample-distances": ({ samples, value }) =>
    sampleDistances(
      samples.map((sample_id, i) => ({
        sample_id,
        ...Object.fromEntries(
          samples.map((name, j) => [name, i === j ? 1 : value(0, (i + j) % samples.length)]),
        ),
      })),
      { width },
    ),
  "library-sizes": ({ samples, value }) =>
    librarySizes(
      samples.map((sample_id, j) => ({
        sample_id,
        library_size: value(0, j),
        size_factor: value(0, j) === null ? null : 1 + j / 10,
      })),
      { width },
    ),
};

/** What holds for every picture, whatever it is given; then the picture itself. */
async function holds(name: string, chart: ChartElement): Promise<void> {
  const text = chart.toSVG();
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(parsed.querySelector("parsererror")).toBeNull();
  expect(text).not.toMatch(/NaN|Infinity|undefined|>-0</);
  const described = chart.querySelector(".chart-body")!.getAttribute("aria-describedby")!;
  expect(chart.querySelector(`#${described}`)!.textContent!.length).toBeGreaterThan(20);
  expect(chart.toCSV()).not.toMatch(/NaN|undefined|(^|,)-0(,|$)/m);
  await expect(shortSvg(text)).toMatchFileSnapshot(`./output/edges/${name}.svg`);
}

describe.each(Object.entries(geneCharts))("%s", (chart, draw) => {
  it.each(Object.entries(geneCases))("draws %s", (name, genes) =>
    holds(`${chart}-${name}`, draw(genes)),
  );
});

describe.each(Object.entries(sampleCharts))("%s", (chart, draw) => {
  it.each(Object.entries(sampleCases))("draws %s", (name, values) =>
    holds(`${chart}-${name}`, draw(values)),
  );
});
