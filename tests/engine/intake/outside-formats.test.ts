import { describe, expect, test } from "vitest";
import { orthologs } from "../../../src/engine/experiment/orthologs.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { readTable } from "../../../src/engine/readers/read-table.ts";
import { levelsOf, rows, strings } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { hasOutsideData, outside, whySkipped } from "../../support/outside-data.ts";

const shape = ({ counts, kind }: Experiment) => [counts.nGenes, counts.nSamples, kind];
const line = (experiment: Experiment, code: string) =>
  experiment.report.find((entry) => entry.code === code);
const als = "als-cortex-gse124439/";
const same = (a: Experiment, b: Experiment) =>
  a.counts.values.length === b.counts.values.length &&
  a.counts.values.every((value, i) => value === b.counts.values[i]);
const nonZero = ({ counts }: Experiment) =>
  (counts.values as Int32Array).reduce((n, v) => n + (v === 0 ? 0 : 1), 0);

describe.skipIf(!hasOutsideData)(`published files of every format${whySkipped}`, () => {
  test("GSE124439 as GEO ships it: a tar of per-sample files, with its MINiML sheet", async () => {
    const made = await intake({
      counts: outside(`${als}GSE124439_RAW_first12.tar`),
      samples: outside(`${als}GSE124439_family.xml.gz`),
    });
    expect(shape(made)).toEqual([28953, 12, "counts"]);
    expect(rows(made.samples)[1]).toMatchObject({
      sample_id: "GSM3533231",
      title: "CGND-HRA-00014-2",
      subject_id: "NEUYV496XLP",
      sample_group: "ALS Spectrum MND",
    });
    const ids = strings(made.genes, "gene_id");
    expect([ids[0], ids.includes("Zaphod2:hAT-Tip100:DNA"), made.counts.values[0]]).toEqual([
      "A1BG",
      true,
      42,
    ]);
    const whole = await intake(outside(`${als}GSE124439_counts_genes_and_TE.tsv.gz`));
    const at = new Map(strings(whole.genes, "gene_id").map((id, g) => [id, g]));
    const differ = ids.findIndex((id, g) =>
      Array.from({ length: 12 }, (_, s) => s).some(
        (s) => made.counts.values[g * 12 + s] !== whole.counts.values[at.get(id)! * 176 + s],
      ),
    );
    expect(differ).toBe(-1);
  });

  test("GSE124439: donors repeat, XIST and RPS4Y1 together", async () => {
    const made = await intake({
      counts: outside(`${als}GSE124439_counts_genes_and_TE.tsv.gz`),
      samples: outside(`${als}GSE124439_family.xml.gz`),
    });
    expect(shape(made)).toEqual([28953, 176, "counts"]);
    expect(line(made, "repeated-donors")?.message).toMatch(/176 samples come from 95 donors/);
    expect(line(made, "sex-markers-both")?.message).toMatch(
      /GSM3533250 \(NEUJZ255ZC5\), GSM3533381/,
    );
  });

  test("GSE68605: a series matrix of an array", async () => {
    const made = await intake(outside("als-array-gse68605/GSE68605_series_matrix.txt.gz"));
    expect(shape(made)).toEqual([54675, 11, "log"]);
    expect(levelsOf(made.samples, "patient_group").levels).toHaveLength(2);
    expect(made.organism).toBe("Homo sapiens");
  });

  test("1k PBMC in three containers: 1,604,642 counts that are not 0", async () => {
    const folder = "pbmc-10x/1k_PBMC_v3_filt/";
    const set = {
      counts: ["barcodes.tsv.gz", "features.tsv.gz", "matrix.mtx.gz"].map((file) =>
        outside(folder + file),
      ),
    };
    expect((await failure(intake(set))).details.help).toMatch(
      /10 ids on more than one row \(10 surplus rows\)/,
    );
    const mtx = await intake(set, { duplicates: "sum" });
    const h5 = await intake(outside("pbmc-10x/1k_PBMC_v3_filt_10xv3layout.h5"), {
      duplicates: "sum",
    });
    const h5ad = await intake(outside("pbmc-10x/1k_PBMC_v3_filt.h5ad"));
    expect(shape(h5ad)).toEqual([14688, 906, "counts"]);
    expect(nonZero(h5ad)).toBe(1_604_642);
    expect(shape(mtx)).toEqual([14678, 906, "counts"]);
    expect(same(h5, mtx)).toBe(true);
  });

  test("Cell Ranger 1.2 and 3.0", async () => {
    const folder = "cellranger-files/10x_data/";
    const old = ["barcodes.tsv", "genes.tsv", "matrix.mtx"].map((file) =>
      outside(`${folder}1.2.0/filtered_gene_bc_matrices/hg19_chr21/${file}`),
    );
    const mtx = await intake({ counts: old });
    expect(shape(mtx)).toEqual([343, 12, "counts"]);
    expect(
      (await intake(outside(`${folder}1.2.0/filtered_gene_bc_matrices_h5.h5`))).counts.values,
    ).toEqual(mtx.counts.values);
    const two = outside(`${folder}1.2.0/multiple_genomes.h5`);
    expect(shape(await intake(two))).toEqual([686, 12, "counts"]);
    expect((await intake(two, { sheet: "hg19_chr21" })).counts.values).toEqual(mtx.counts.values);
    const h5 = await intake(outside(`${folder}3.0.0/filtered_feature_bc_matrix.h5`));
    const three = ["barcodes.tsv.gz", "features.tsv.gz", "matrix.mtx.gz"].map((file) =>
      outside(`${folder}3.0.0/filtered_feature_bc_matrix/${file}`),
    );
    expect(shape(h5)).toEqual([507, 1107, "counts"]);
    expect(same(await intake({ counts: three }), h5)).toBe(true);
  });

  test("anndata 0.5, 0.7 and 0.11", async () => {
    const file = (version: string) => outside(`anndata-files/adata_v${version}.h5ad`);
    const first = await intake(file("0.5.0"));
    expect(shape(first)).toEqual([765, 700, "log"]);
    expect(levelsOf(first.samples, "bulk_labels").levels).toHaveLength(10);
    for (const version of ["0.7.0", "0.7.8"]) {
      expect(shape(await intake(file(version)))).toEqual([20, 30, "counts"]);
      expect(shape(await intake(file(version), { sheet: "raw" }))).toEqual([40, 30, "counts"]);
    }
    expect((await failure(intake(file("0.11.4")))).message).toMatch(/h5ad file without a matrix/);
  });

  test("gene sets", async () => {
    const sets = async (path: string) =>
      levelsOf(await readTable(outside(path)), "set").levels.length;
    expect(await sets("genesets/ReactomePathways_human.gmt")).toBe(2546);
    expect(await sets("genesets/h.all.v7.0.symbols.gmt")).toBe(50);
    expect(await sets("genesets/GO_BP_human.symbols.gmt.gz")).toBe(9373);
    expect(await sets("genesets/mouse.reactome.entrez.gmt")).toBe(1457);
  });

  test("orthologs of mouse motor neurons, by symbol", async () => {
    const mouse = await intake(outside("motor-neuron-trap-gse93412/GSE93412_gene_counts.csv"), {
      duplicates: "first",
    });
    const table = await readTable(outside("orthologs/mouse_human_homologeneData2.tsv"));
    const human = orthologs(mouse, table, { from: "mouse_symbol", to: "human_symbol" });
    expect(human.organism).toBe("Homo sapiens");
    expect(human.counts.nGenes).toBeGreaterThan(14_000);
    expect(human.counts.nGenes).toBeLessThanOrEqual(16_476);
    const at = strings(human.genes, "gene_id").indexOf("SLC5A7");
    expect(strings(human.genes, "symbol_of")[at]).toBe("Slc5a7");
    const lost = human.report.filter(({ code }) =>
      /^orthologs-(none|several|shared|repeated)$/.test(code),
    );
    expect(human.counts.nGenes + lost.reduce((n, entry) => n + entry.n, 0)).toBe(40_912);
  });
});
