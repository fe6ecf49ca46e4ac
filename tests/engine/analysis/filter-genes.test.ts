import { expect, test } from "vitest";
import { filterGenes, type FilterGenesOptions } from "../../../src/engine/analysis/filter-genes.ts";
import { factor, strings, utf8 } from "../../../src/tables/index.ts";
import { golden, type GoldenMatrix } from "../../support/golden.ts";
import { experimentOf, failure, matrix } from "./support.ts";

const file = golden<{
  counts: GoldenMatrix;
  genotype: string[];
  batch: string[];
  filter: Record<string, number[]>;
}>("edger");
const experiment = experimentOf(file.counts, "counts", {
  genotype: factor(file.genotype, ["WT", "SOD1", "HET"]),
  batch: utf8(file.batch),
});
const kept = async (options: FilterGenesOptions) =>
  strings((await filterGenes(experiment, options)).genes, "gene_id").map(
    (id) => Number(id!.slice(1)) - 1,
  );

test("filterByExpr keeps the genes that edgeR keeps", async () => {
  expect(await kept({ group: "genotype" })).toEqual(file.filter.group);
  expect(await kept({ design: "~ batch + genotype" })).toEqual(file.filter.design);
  expect(await kept({})).toEqual(file.filter.none);
  expect(
    await kept({ group: "genotype", minCount: 3, minTotalCount: 5, largeN: 2, minProportion: 0.5 }),
  ).toEqual(file.filter.low);
});

test("counts and cpm", async () => {
  const small = experimentOf(matrix([9, 10, 12], [0, 0, 90], [991, 990, 898]));
  const ids = async (options: FilterGenesOptions) =>
    strings((await filterGenes(small, options)).genes, "gene_id");
  expect(await ids({ method: "counts", minCount: 10, minSamples: 2 })).toEqual(["g1", "g3"]);
  expect(await ids({ method: "counts", minCount: 10, minSamples: 1 })).toEqual(["g1", "g2", "g3"]);
  expect(await ids({ method: "cpm", minCpm: 9000, minSamples: 2 })).toEqual(["g1", "g3"]);
  const { report } = await filterGenes(small, { method: "counts" });
  expect(report.at(-1)).toMatchObject({ message: "2 genes of 3 were kept by counts.", n: 1 });
});

test("refuses what it can't do", async () => {
  const message = async (options: object) =>
    ((await failure(filterGenes(experiment, options))) as Error).message;
  expect(await message({ method: "expr" })).toBe("filterGenes: invalid method: expr");
  expect(await message({ minCpm: 1 })).toBe(
    "filterGenes of method filterByExpr: unknown option: minCpm",
  );
  expect(await message({ group: "genotype", design: "~ 1" })).toBe(
    "filterGenes: both design and group are given: ~ 1, genotype",
  );
  expect(await message({ method: "counts", minCount: 1e9 })).toBe(
    "filterGenes: no gene is left: 0 of 400",
  );
  expect(await message({ group: "genotype", minCount: -1 })).toBe(
    "filterGenes: invalid minCount: -1",
  );
  const log = experimentOf(matrix([1.5, 2]), "log");
  expect(await failure(filterGenes(log, {}))).toMatchObject({
    message: "filterGenes needs raw counts: this experiment holds log values",
  });
});
