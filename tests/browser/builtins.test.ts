import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { readerOf } from "../support/reader.ts";

/**
 * Every name that a cell sees, called in the built page under its policy: [cell, what it shows]. A library that
 * builds functions from text, or that fetches, would fail here and nowhere else.
 */
const cells: readonly (readonly [string, string | RegExp])[] = [
  ["display(1 + 1); display('two')", /2[^]*two/],
  ["const v = view(Inputs.range([0, 10], {value: 4, step: 1, label: 'Range'}));", "Range"],
  ["`v is ${v}`", "v is 4"],
  ["view(Inputs.select(['x', 'y'], {label: 'Select'}))", "Select"],
  ["view(Inputs.text({label: 'Text', value: 'words'}))", "Text"],
  ["view(Inputs.textarea({label: 'Area'}))", "Area"],
  ["view(Inputs.radio(['r1', 'r2'], {label: 'Radio', value: 'r1'}))", "r1"],
  ["view(Inputs.checkbox(['c1', 'c2'], {label: 'Checkbox'}))", "c1"],
  ["view(Inputs.toggle({label: 'Toggle'}))", "Toggle"],
  ["view(Inputs.button('Press'))", "Press"],
  ["view(Inputs.date({label: 'Date'}))", "Date"],
  ["view(Inputs.color({label: 'Colour'}))", "Colour"],
  ["view(Inputs.number({label: 'Number', value: 3}))", "Number"],
  ["view(Inputs.search([{a: 'apple'}, {a: 'pear'}], {label: 'Search'}))", "2 results"],
  ["view(Inputs.table([{a: 1.5, b: 'one'}, {a: 2, b: 'two'}]))", /1\.5/],
  ["view(Inputs.form({a: Inputs.text({label: 'In a form'})}))", "In a form"],
  ["view(Inputs.bind(Inputs.range([0, 1], {label: 'Bound'}), Inputs.input(0.5)))", "Bound"],
  [
    "Plot.plot({title: 'Dots', marks: [Plot.dot([{x: 1, y: 2}, {x: 2, y: 1}], {x: 'x', y: 'y', tip: true}), Plot.frame()]})",
    "Dots",
  ],
  ["Plot.rectY(d3.range(50), Plot.binX({y: 'count'}, {x: (d) => d % 7})).plot()", /\d/],
  ["d3.csvParseRows('a,b\\n1,2')[1].join('+')", "1+2"],
  ["String(d3.mean([1, 2, 6]))", "3"],
  ["html`<b>bold ${1 + 1}</b>`", "bold 2"],
  ["svg`<svg width=20 height=20><circle r=5 cx=10 cy=10></circle></svg>`", ""],
  ["htl.html.fragment`<i>in a fragment</i>`", "in a fragment"],
  ["md`# Heading ${2 * 3}`", "Heading 6"],
  ["tex`E = mc^2`", /E/],
  ["tex.block`\\\\frac{a}{b}`", /a/],
  ["const queued = Generators.queue((change) => { change('queued'); return () => {}; });", ""],
  ["queued", "queued"],
  ["const seen = Generators.observe((change) => { change('observed'); });", ""],
  ["seen", "observed"],
  [
    "const typed = Generators.input(Object.assign(new EventTarget(), {value: 'from an input'}));",
    "",
  ],
  ["typed", "from an input"],
  ["const m = Mutable(1); const more = () => ++m.value;", ""],
  ["if (m < 3) more(); display(`m is ${m}`)", "m is 3"],
  ["const ticking = (function* () { for (let i = 0; i < 3; ++i) yield `tick ${i}`; })();", ""],
  ["ticking", "tick 2"],
  ["FileAttachment('small.txt').text()", "plain words"],
  ["FileAttachment('small.json').json().then((d) => d.deep[1])", "here"],
  [
    "FileAttachment('small.csv').csv({typed: true}).then((d) => `${d[1].n + 1} ${d.columns}`)",
    "4.5 gene,n,day",
  ],
  ["FileAttachment('small.csv').csv().then((d) => typeof d[0].n)", "string"],
  ["FileAttachment('small.csv').csv({typed: true, array: true}).then((d) => d[2][1])", "3.5"],
  ["FileAttachment('small.tsv').tsv({typed: true}).then((d) => d[0].n * 2)", "4"],
  ["FileAttachment('small.arrow').arrow().then((t) => `${t.numRows} rows`)", "7 rows"],
  ["FileAttachment('small.txt').arrayBuffer().then((b) => `${b.byteLength} bytes`)", "12 bytes"],
  ["FileAttachment('small.txt').blob().then((b) => `${b.size} ${b.type}`)", "12 text/plain"],
  ["`${FileAttachment('small.txt').size} in all`", "12 in all"],
  ["FileAttachment('small.txt').url().then((u) => u.slice(0, 5))", "blob:"],
  ["FileAttachment('small.svg').image({alt: 'dot'})", ""],
  ["`width ${width > 300}`", "width true"],
  ["`dark ${dark}`", "dark false"],
  ["`now ${Math.abs(now - Date.now()) < 5000}`", "now true"],
  [
    "invalidation.then(() => {}); display(`invalidation ${typeof invalidation.then}`)",
    "invalidation function",
  ],
  ["visibility().then(() => 'was seen')", "was seen"],
  ["const small = readTable(FileAttachment('small.csv'));", ""],
  ["`${small.numRows} rows of ${small.schema.fields.map((f) => f.name)}`", "2 rows of gene,n,day"],
  ["const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));", ""],
  ["lanes", "5,088 genes"],
  ["lanes.counts(['ALB'])", "ENSG"],
  ["lanes.summarize({by: 'tissue', value: 'logcpm'})", "10,176"],
  ["lanes.filterSamples({tissue: 'Liver'}).then((e) => e.shape.samples)", "5"],
  ["lanes.filterSamples((s) => s.lane > 4).then((e) => e.shape.samples < 10)", "true"],
  ["lanes.filterGenes((g) => g.symbol === 'ALB').then((e) => e.shape.genes)", "1"],
  ["lanes.withSamples(lanes.samples).then((e) => e.shape.samples)", "10"],
  ["lanes.report.numRows >= 0", "true"],
  ["lanes.toArrow().then((bytes) => bytes.length > 100000)", "true"],
  ["sizeFactors(lanes)", "size_factor"],
  ["transform(lanes, {method: 'cpm'}).then((e) => e.kind)", "abundance"],
  ["collapse(lanes, {by: 'tissue'}).then((e) => e.shape.samples)", "2"],
  ["const parts = pca(lanes, {ntop: 100});", ""],
  ["pcaPlot(parts, {color: 'tissue'})", /PC1/],
  ["const tree = hclust(lanes, {by: 'samples'});", ""],
  ["tree.order.length", "10"],
  ["correlate(lanes, {by: 'samples'})", /R1L/],
  ["duplicates(lanes)", /\w/],
  ["genePlot(lanes.counts(['ALB']), {x: 'tissue'})", /Liver/],
  ["genePlot(lanes, {genes: ['ALB'], x: 'tissue'})", /Liver/],
  ["timeCourse(lanes.counts(['ALB']), {x: 'lane'})", /lane/],
  ["heatmap(lanes, {genes: ['ALB', 'CRP', 'FGA', 'REN']})", /ALB/],
  ["librarySizes(lanes, {color: 'tissue'})", /library size/],
  ["sampleDistances(lanes)", /Pearson correlation/],
  ["const picked = selection();", ""],
  [
    "const found = [{gene_id: 'a', symbol: 'Atf3', baseMean: 9, log2FoldChange: 2, pvalue: 1e-9, padj: 1e-8}];",
    "",
  ],
  ["volcano(found, {selection: picked})", /1 up/],
  ["maPlot(found, {selection: picked})", /mean of normalised counts/],
  ["pvalueHistogram(found)", /if no gene changed/],
  [
    "dispersionPlot([{gene_id: 'a', baseMean: 9, gene_wise: 0.1, trend: 0.2, map: 0.15, outlier: false}])",
    /trend/,
  ],
  ["foldChangeHeatmap({P56: found, P112: found}, {selection: picked})", /P112/],
  ["upset({A: ['a', 'b'], B: ['b']}, {selection: picked})", /combinations|Overlaps/],
  ["venn({A: ['a', 'b'], B: ['b', 'c']}, {selection: picked})", /Areas|Venn/],
  ["`${picked.value.genes.length} picked`", "0 picked"],
  [
    "view(contrastInput({design: '~ tissue', coefficients: ['(Intercept)', 'tissueLiver']}, {samples: lanes.samples}))",
    "Liver over Kidney",
  ],
  ["view(sampleFilter(lanes))", "all 10 samples"],
  ["resultsTable(small)", "gene"],
  ["view(geneInput(lanes, {value: 'ALB'}))", ""],
  ["view(fileInput())", /file/i],
  [
    "const db = DuckDBClient.of({lanes, small, rows: [{a: 1}, {a: 2}], file: FileAttachment('small.csv')});",
    "",
  ],
  ["db.query('SELECT sum(a) AS s FROM rows').then((t) => t.get(0).s)", "3"],
  [
    "db.sql`SELECT count(*)::INT AS n FROM lanes.counts WHERE count > ${100}`.then((t) => t.get(0).n > 100)",
    "true",
  ],
  ["db.describeTables().then((t) => t.map((d) => d.name).join(' '))", "lanes.counts"],
  [
    "vg.plot(vg.dot(vg.from('rows'), {x: 'a', y: 'a'}), vg.width(120), vg.height(80)) instanceof HTMLElement",
    "true",
  ],
  [
    "db.describeColumns({table: 'small'}).then((c) => c.map((d) => d.name).join(' '))",
    "gene n day",
  ],
];

let app: App;

beforeAll(async () => {
  app = await openApp();
  app.put("small.txt", "plain words\n");
  app.put("small.json", '{"deep": [1, "here"]}');
  app.put("small.csv", "gene,n,day\ng1,2,2024-01-02\ng2,3.5,2024-01-03\n");
  app.put("small.tsv", "gene\tn\ng1\t2\n");
  app.put(
    "small.svg",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  );
  app.put("small.arrow", fixture("tests/fixtures/arrow/wide.arrow"));
  app.put("lanes.arrow.gz", fixture("data/marioni/marioni.arrow.gz"));
});

afterAll(() => app.close());

function fixture(path: string): Uint8Array {
  return readFileSync(resolve(import.meta.dirname, "../..", path));
}

describe("every name that cells see", () => {
  it("works in the built page", async () => {
    const text = notebookText(
      "Names",
      cells.map(([source]) => source),
    );
    await app.open(app.put("names.html", text));
    await app.settled(5000);
    const seen = cells.findIndex(([source]) => source.startsWith("visibility"));
    await readerOf(app.page)
      .cell(seen + 1)
      .evaluate((cell) => cell.scrollIntoView());
    const outcomes = await app.settled(60_000);
    const wrong = cells.flatMap(([source, shows], i) => {
      const { state, error, text } = outcomes[i];
      const right = typeof shows === "string" ? text.includes(shows) : shows.test(text);
      return state === "fulfilled" && right
        ? []
        : [{ source, state, error, text: text.slice(0, 200) }];
    });
    expect(outcomes).toHaveLength(cells.length);
    expect(wrong).toEqual([]);
  });

  it("that is missing is an error that names a near one", async () => {
    await app.open(
      app.put("missing.html", notebookText("Missing", ["Plto.plot({})", "sizeFactor(1)"])),
    );
    const reader = readerOf(app.page);
    expect(await reader.failure(1)).toContain("Plto is not defined");
    expect(await reader.failure(1)).toContain("Did you mean Plot?");
    expect(await reader.failure(2)).toContain("Did you mean sizeFactors?");
  });
});

describe("import", () => {
  it("gives the bundled copy of a package, and says why another can't be had", async () => {
    await app.open(
      app.put(
        "imports.html",
        notebookText("Imports", [
          'import * as P from "npm:@observablehq/plot";\nconst chart = P.dot([1, 2]).plot();',
          'import {range} from "npm:d3@7";\ndisplay(range(3).join(" "))',
          'import {html as h} from "npm:htl";\ndisplay(h`<i>htl</i>`)',
          'const {select} = await import("npm:@observablehq/inputs");\ndisplay(typeof select)',
          'import {nothing} from "npm:d3";\ndisplay(nothing)',
          'import _ from "npm:lodash";\ndisplay(_)',
          'import {x} from "https://example.com/x.js";\ndisplay(x)',
          'import y from "./beside.js";\ndisplay(y)',
          'import * as Q from "@observablehq/plot";\ndisplay(Q.plot === Plot.plot)',
        ]),
      ),
    );
    const outcomes = await app.settled();
    expect(outcomes.slice(0, 4).map((c) => [c.state, c.error])).toEqual(
      Array.from({ length: 4 }, () => ["fulfilled", null]),
    );
    expect(outcomes[1].text).toContain("0 1 2");
    expect(outcomes[4].error).toContain("nothing");
    for (const i of [5, 6, 7]) {
      expect(outcomes[i].state).toBe("rejected");
      expect(outcomes[i].error).toMatch(/can't import .*: it is not part of this page/);
      expect(await readerOf(app.page).failure(i + 1)).toContain(
        "without a network, so that no data can leave it",
      );
    }
    expect(outcomes[8].text).toContain("true");
  });
});
