import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { notebookText } from "../support/app.ts";
import { hasOutsideData, outsidePath, whySkipped } from "../support/outside-data.ts";

/** [file or files of an experiment, options, its genes x samples and kind, codes that its report must hold]. */
type Case = readonly [string, string, string, readonly string[]];
const als = "als-cortex-gse124439/";
const trap = "motor-neuron-trap-gse93412/";
const old = "cellranger-files/10x_data/1.2.0/";
const modern = "cellranger-files/10x_data/3.0.0/";
const one = (path: string) => file(path);
const counts = (...paths: string[]) => `{counts: [${paths.map(file).join(", ")}]}`;
const withSheet = (path: string, sheet: string) =>
  `{counts: ${file(path)}, samples: ${file(sheet)}}`;

/** Files under their paths, since some of them are called alike. */
const attached = new Set<string>();
function file(path: string): string {
  attached.add(path);
  return `FileAttachment("${path}")`;
}

const experiments: readonly Case[] = [
  [
    withSheet("als-lcm-gse76220/GSE76220_counts_filtered.tsv", "als-lcm-gse76220/sample_sheet.tsv"),
    "",
    "11342 x 21 counts",
    ["identical-samples", "samples-joined"],
  ],
  [
    withSheet(`${trap}GSE93412_gene_counts.csv`, `${trap}GSE93412_sample_sheet.tsv`),
    '{duplicates: "first"}',
    "40912 x 12 counts",
    ["duplicate-genes", "samples-joined"],
  ],
  [
    one(`${trap}GSE54409_mean_replicate_count_matrix.txt`),
    "",
    "14422 x 2 abundance",
    ["kind-decided"],
  ],
  [one(`${trap}GSE79561_RNAseq_FPKM_ES_to_MN.txt.gz`), "", "37450 x 4 abundance", ["kind-decided"]],
  [
    withSheet(`${als}GSE124439_counts_genes_and_TE.tsv.gz`, `${als}sample_metadata.tsv`),
    "",
    "28953 x 176 counts",
    ["repeated-donors", "sex-markers-both"],
  ],
  [
    withSheet(`${als}GSE124439_RAW_first12.tar`, `${als}GSE124439_family.xml.gz`),
    "",
    "28953 x 12 counts",
    ["files-joined", "samples-joined"],
  ],
  [
    withSheet(
      "mammary-gse60450/GSE60450_Lactation-GenewiseCounts.txt",
      "mammary-gse60450/sample_sheet_true_design.tsv",
    ),
    "",
    "27179 x 12 counts",
    ["annotation-columns", "samples-joined"],
  ],
  [one("als-array-gse68605/GSE68605_series_matrix.txt.gz"), "", "54675 x 11 log", []],
  [one("pbmc-10x/1k_PBMC_v3_filt.h5ad"), "", "14688 x 906 counts", []],
  [
    one("pbmc-10x/1k_PBMC_v3_filt_10xv3layout.h5"),
    '{duplicates: "sum"}',
    "14678 x 906 counts",
    ["duplicate-genes"],
  ],
  [
    counts(
      ...["barcodes", "features", "matrix"].map(
        (name) => `pbmc-10x/1k_PBMC_v3_filt/${name}.${name === "matrix" ? "mtx" : "tsv"}.gz`,
      ),
    ),
    '{duplicates: "sum"}',
    "14678 x 906 counts",
    ["duplicate-genes"],
  ],
  [
    counts(
      `${old}filtered_gene_bc_matrices/hg19_chr21/barcodes.tsv`,
      `${old}filtered_gene_bc_matrices/hg19_chr21/genes.tsv`,
      `${old}filtered_gene_bc_matrices/hg19_chr21/matrix.mtx`,
    ),
    "",
    "343 x 12 counts",
    [],
  ],
  [one(`${old}filtered_gene_bc_matrices_h5.h5`), "", "343 x 12 counts", []],
  [one(`${old}multiple_genomes.h5`), "", "686 x 12 counts", ["genomes-joined"]],
  [one(`${modern}filtered_feature_bc_matrix.h5`), "", "507 x 1107 counts", []],
  [
    counts(
      `${modern}filtered_feature_bc_matrix/barcodes.tsv.gz`,
      `${modern}filtered_feature_bc_matrix/features.tsv.gz`,
      `${modern}filtered_feature_bc_matrix/matrix.mtx.gz`,
    ),
    "",
    "507 x 1107 counts",
    [],
  ],
  [one("anndata-files/adata_v0.5.0.h5ad"), "", "765 x 700 log", []],
  [one("anndata-files/adata_v0.7.0.h5ad"), "", "20 x 30 counts", []],
  [one("anndata-files/adata_v0.7.8.h5ad"), "", "20 x 30 counts", []],
];

/** [a table, its rows]; of gene sets, its sets. */
const tables: readonly (readonly [string, number])[] = [
  [`${als}sample_metadata.tsv`, 176],
  [`${als}GSE124439_family.xml.gz`, 176],
  ["genesets/ReactomePathways_human.gmt", 2546],
  ["genesets/h.all.v7.0.symbols.gmt", 50],
  ["genesets/GO_BP_human.symbols.gmt.gz", 9373],
  ["genesets/mouse.reactome.entrez.gmt", 1457],
  ["gsea-gse14308/mouse.reactome.gmt", 1457],
  ["gsea-gse14308/naive.vs.th1.rnk", 12_000],
  ["gsea-gse14308/fgsea_res.tsv.gz", 586],
  ["orthologs/mouse_human_homologeneData2.tsv", 17_312],
  ["idmap/grch38.tsv.gz", 75_118],
  ["idmap/grcm38.tsv.gz", 57_385],
  [`${als}reference/limmavoom_ALS_vs_Control_adj_region.tsv.gz`, 19_033],
];

/** [a promise that must be rejected, what its error says]. */
const refusals: readonly (readonly [string, RegExp])[] = [
  [
    `readExperiment(${file(`${trap}GSE93412_gene_counts.csv`)})`,
    /not unique[^]*485 ids on more than one row \(824 surplus rows\)[^]*repeat the same counts/,
  ],
  [
    `readExperiment(${file(`${trap}GSE54409_mean_replicate_count_matrix.txt`)}).then((e) => differentialExpression(e, {method: "deseq2", design: "~ 1"}))`,
    /counts/,
  ],
  [
    `readExperiment(${file(`${trap}GSE79561_RNAseq_FPKM_ES_to_MN.txt.gz`)}).then((e) => differentialExpression(e, {method: "edger", design: "~ 1"}))`,
    /counts/,
  ],
  [
    `readExperiment(${file("als-array-gse68605/GSE68605_series_matrix.txt.gz")}).then((e) => differentialExpression(e, {method: "deseq2", design: "~ patient_group"}))`,
    /counts/,
  ],
  [`readExperiment(${file("anndata-files/adata_v0.11.4.h5ad")})`, /h5ad file without a matrix/],
  [
    `readExperiment(${counts(...["barcodes.tsv", "features.tsv", "matrix.mtx"].map((name) => `pbmc-10x/1k_PBMC_v3_filt/${name}.gz`))})`,
    /10 ids on more than one row/,
  ],
];

interface Outcome {
  readonly id: number;
  readonly state: string;
  readonly text: string;
}

describe.skipIf(!hasOutsideData)(`published files by the notebook runner${whySkipped}`, () => {
  let cells: readonly Outcome[];
  let shapes: Record<string, { shape: string; codes: string[] }>;
  let sizes: Record<string, number>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "engrailed-outside-"));
    const sources = [
      ...experiments.map(
        ([source, options], i) =>
          `const e${i} = readExperiment(${source}${options === "" ? "" : `, ${options}`});`,
      ),
      `const shapes = {${experiments.map((_, i) => `e${i}: about(e${i})`).join(", ")}};`,
      "const about = (e) => ({shape: `${e.shape.genes} x ${e.shape.samples} ${e.kind}`, codes: [...e.report].map((line) => line.code)});",
      `const sizes = Promise.all([${tables.map(([path]) => `readTable(${file(path)})`).join(", ")}]).then((all) => all.map((t) => t.schema.names.includes("set") ? new Set([...t].map((row) => row.set)).size : t.numRows));`,
      ...refusals.map(
        ([source]) =>
          `${source}.then(() => "read", (e) => [e.name, e.message, e.details.help].join(" "))`,
      ),
    ];
    const path = join(folder, "published.html");
    writeFileSync(path, notebookText("Published files", sources));
    const out = join(folder, "out");
    await run([
      path,
      ...[...attached].flatMap((path) => ["--attach", `${path}=${outsidePath(path)}`]),
      "--values",
      "shapes,sizes",
      "--timeout",
      "240",
      "--out",
      out,
    ]);
    cells = (JSON.parse(readFileSync(join(out, "notebook.json"), "utf8")) as { cells: Outcome[] })
      .cells;
    const value = <T>(name: string) =>
      JSON.parse(readFileSync(join(out, "values", `${name}.json`), "utf8")) as T;
    shapes = value("shapes");
    sizes = value("sizes");
  }, 300_000);

  it.each(experiments.map((each, i) => [`${each[0]} is ${each[2]}`, i] as const))("%s", (_, i) => {
    const [, , shape, codes] = experiments[i];
    const found = shapes[`e${i}`];
    expect(found.shape).toBe(shape);
    expect(codes.filter((code) => !found.codes.includes(code))).toEqual([]);
  });

  it.each(tables.map(([path, rows], i) => [path, rows, i] as const))(
    "%s has %i rows",
    (_, rows, i) => {
      expect(sizes[i]).toBe(rows);
    },
  );

  it.each(refusals.map(([source], i) => [source, i] as const))("%s is refused", (_, i) => {
    const cell = cells[experiments.length + 3 + i];
    expect(cell.state).toBe("fulfilled");
    expect(cell.text).toMatch(refusals[i][1]);
  });
});

/** What `npm run notebook -- …` does. */
function run(args: readonly string[]): Promise<void> {
  const root = resolve(import.meta.dirname, "../..");
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["--import", "tsx", "tools/notebook.ts", ...args], {
      cwd: root,
    });
    let err = "";
    child.stderr.on("data", (text) => (err += String(text)));
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done() : fail(new Error(`the runner ended with ${code}: ${err}`)),
    );
  });
}
