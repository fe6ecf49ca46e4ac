import type { Page } from "playwright-core";
import type { Figure } from "./cases.ts";
import { notebook } from "./notebooks.ts";

/** Uniform in 0..1, from DuckDB's hash: the same on every machine. */
const uniform = (key: string) => `((hash(${key}) % 1000003) / 1000003.0)`;
const normal = (key: string) =>
  `(sqrt(-2 * ln(${uniform(`${key} || 'a'`)} + 1e-9)) * cos(6.283185 * ${uniform(`${key} || 'b'`)}))`;

/** Results of so many genes, 6 % of them changed, as a test would give them. */
const results = (n: number) => `
  WITH genes AS (
    SELECT i, ${uniform("i::VARCHAR || 'm'")} AS level, ${normal("i::VARCHAR || 'z'")} AS noise,
           CASE WHEN ${uniform("i::VARCHAR || 'c'")} < 0.06 THEN 6 * ${normal("i::VARCHAR || 'e'")} ELSE 0 END AS effect
    FROM range(${n}) t(i)
  )
  SELECT 'ENSG' || lpad(i::VARCHAR, 11, '0') AS gene_id, 'GENE' || i AS symbol, 10 ** (4.5 * level) AS "baseMean",
         (noise + effect) * (0.2 + 0.6 * (1 - level)) AS "log2FoldChange", noise + effect AS stat,
         10 ** (-0.22 * (noise + effect) ** 2) AS pvalue,
         least(1, 14 * 10 ** (-0.22 * (noise + effect) ** 2)) AS padj
  FROM genes`;

/** Genes in ten groups by samples in four, with noise. */
const wide = (genes: number, samples: number) => `
  SELECT 'g' || i AS gene_id, ${Array.from(
    { length: samples },
    (_, j) => `sin(i % 10 + ${j % 4}) + ${uniform(`${j} * 100000 + i`)} AS s${j}`,
  ).join(", ")}
  FROM range(${genes}) t(i)`;

const query = (text: string) => `db.query(${JSON.stringify(text.replace(/\s+/g, " ").trim())})`;

/** Draws what it is told to, times what a reader waits for, and points at it. */
export const picturesNotebook = notebook("Benchmark: pictures", [
  "const db = DuckDBClient.of({})",
  `const results = ${query(results(60_000))}`,
  `const table = ${query(wide(2000, 200))}`,
  'const host = html`<div style="min-height: 900px">`',
  "display(host)",
  `const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))`,
  `const volcanos = (async () => {
  await table;
  const runs = [];
  for (let i = 0; i < 8; ++i) {
    host.replaceChildren();
    await painted();
    const start = performance.now();
    host.replaceChildren(volcano(results, {width: 900}));
    runs.push((await painted()) - start);
  }
  return runs;
})()`,
  `const hovers = (async () => {
  await volcanos;
  const body = host.querySelector(".chart-body");
  const box = body.getBoundingClientRect();
  const runs = [];
  for (let i = 0; i < 60; ++i) {
    const [x, y] = [(i * 0.618) % 1, (i * 0.382) % 1];
    const event = new PointerEvent("pointermove", {clientX: box.left + x * box.width, clientY: box.top + y * box.height, bubbles: true});
    const start = performance.now();
    body.dispatchEvent(event);
    host.getBoundingClientRect();
    runs.push(performance.now() - start);
    if (i % 10 === 0) await painted();
  }
  return runs;
})()`,
  `const heatmaps = (async () => {
  await hovers;
  const runs = [];
  for (let i = 0; i < 4; ++i) {
    host.replaceChildren();
    await painted();
    const start = performance.now();
    const [rows, columns] = await Promise.all([hclust(table, {by: "genes"}), hclust(table, {by: "samples"})]);
    host.replaceChildren(heatmap(table, {rows, columns, width: 900}));
    runs.push((await painted()) - start);
  }
  return runs;
})()`,
]);

/** What the benchmark lends: it measures in a fresh page, opens notebooks of its folder and reads values back. */
export interface Bench {
  measure(
    wanted: readonly Omit<Figure, "runs">[],
    work: (add: (index: number, ...values: readonly number[]) => void) => Promise<void>,
    n?: number,
  ): Promise<void>;
  fresh<T>(work: (page: Page) => Promise<T>): Promise<T>;
  opened(page: Page, path: string): Promise<void>;
  value<T>(page: Page, name: string): Promise<T>;
}

/** The figures of the pictures, from the call until it is painted. */
export async function measurePictures(path: string, bench: Bench): Promise<void> {
  await bench.measure(
    [
      { name: "volcano of 60,000 genes, the first", unit: "ms", goal: { atMost: 150 } },
      { name: "volcano of 60,000 genes, drawn again", unit: "ms", goal: { atMost: 150 } },
      { name: "volcano: hover answers", unit: "ms", goal: { atMost: 16 } },
      { name: "heatmap of 2,000 x 200 with clustering", unit: "ms", goal: { atMost: 700 } },
    ],
    (add) =>
      bench.fresh(async (page) => {
        await bench.opened(page, path);
        const [first, ...later] = await bench.value<number[]>(page, "volcanos");
        add(0, first);
        add(1, ...later);
        add(2, ...(await bench.value<number[]>(page, "hovers")));
        add(3, ...(await bench.value<number[]>(page, "heatmaps")));
      }),
  );
}
