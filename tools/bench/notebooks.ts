/** Notebooks that measure themselves; each cell's value is read back by name. */

const hsmm = 'FileAttachment("data/hsmm/hsmm.arrow.gz")';

export function notebook(title: string, cells: readonly string[]): string {
  const scripts = cells.map(
    (cell, i) =>
      `  <script id="${i + 1}" type="module">\n${cell
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n")}\n  </script>\n`,
  );
  return `<!doctype html>\n<notebook theme="air">\n  <title>${title}</title>\n${scripts.join("")}</notebook>\n`;
}

/** From bytes in memory to the first chart, then the same again warm: summary, one gene, SQL. */
export const hsmmNotebook = notebook("Benchmark: HSMM", [
  "const start = performance.now()",
  "const begun = performance.timeOrigin + start",
  `const hsmm = (start, readExperiment(${hsmm}))`,
  "const read = (hsmm, performance.now() - start)",
  'const summary = hsmm.summarize({by: "time"})',
  `const detected = (() => {
  const time = summary.getChild("time");
  const n = summary.getChild("detected").toArray();
  const hours = [...new Set(Array.from({length: 4}, (_, i) => String(time.get(i))))];
  const sums = new Float64Array(hours.length);
  for (let i = 0; i < n.length; ++i) sums[i % hours.length] += n[i];
  return hours.map((hour, k) => ({hour, detected: sums[k] * hours.length / n.length}));
})()`,
  'const chart = Plot.plot({marks: [Plot.barY(detected, {x: "hour", y: "detected"})]})',
  "const first = display(chart) && new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))))",
  `const times = async (n, work) => {
  const runs = [];
  for (let i = 0; i < n; ++i) {
    const t = performance.now();
    await work(i);
    runs.push(performance.now() - t);
  }
  return runs;
}`,
  'const summaries = (first, times(9, () => hsmm.summarize({by: "time"})))',
  `const symbols = Array.from({length: 20}, (_, i) => hsmm.genes.getChild("gene_id").get(1000 * i + 7))`,
  "const genes = (summaries, times(20, (i) => hsmm.counts([symbols[i]])))",
  "const db = DuckDBClient.of({hsmm})",
]);

/** What DuckDB needs for the same: asked after the first notebook has come to rest. */
export const sqlCells = {
  small: "SELECT time, count(*) AS n FROM hsmm.samples GROUP BY time",
  counts: "SELECT count(*) AS n, sum(count) AS total FROM hsmm.counts",
  summary:
    "SELECT gene_index, time, count(*) AS n, avg(count) AS mean, var_samp(count) AS variance, count(*) FILTER (count > 0) AS detected FROM hsmm.counts JOIN hsmm.samples USING (sample_id) GROUP BY gene_index, time",
};

export const sqlNotebook = notebook("Benchmark: SQL", [
  `const hsmm = readExperiment(${hsmm})`,
  "const db = DuckDBClient.of({hsmm})",
  `const small = (async () => { const t = performance.now(); await db.query(${JSON.stringify(sqlCells.small)}); return performance.now() - t; })()`,
  `const counts = (small, (async () => { const t = performance.now(); await db.query(${JSON.stringify(sqlCells.counts)}); return small + performance.now() - t; })())`,
  `const grouped = (counts, (async () => { const runs = []; for (let i = 0; i < 3; ++i) { const t = performance.now(); await db.query(${JSON.stringify(sqlCells.summary)}); runs.push(performance.now() - t); } return runs; })())`,
  `const kernels = (grouped, (async () => { const runs = []; for (let i = 0; i < 9; ++i) { const t = performance.now(); await hsmm.summarize({by: "time"}); runs.push(performance.now() - t); } return runs; })())`,
]);

/** A gene search that draws as it is typed. */
export const searchNotebook = notebook("Benchmark: search", [
  `const hsmm = readExperiment(${hsmm})`,
  'const gene = view(geneInput(hsmm, {value: "MYOG"}))',
  "const one = hsmm.counts([gene])",
  'const figure = genePlot(one, {x: "time", scale: "log"})',
  "display(figure)",
]);

/** Nothing but prose, and nothing that can be changed. */
export const plainNotebook = `<!doctype html>
<notebook theme="air" readonly>
  <title>Plain</title>
  <script id="1" type="text/html">
    <p>read only</p>
  </script>
</notebook>
`;
