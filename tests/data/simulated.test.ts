import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { exp, log, logFactorial } from "../../data/simulate/portable-math.ts";
import { random } from "../../data/simulate/random.ts";
import { simulate } from "../../data/simulate/simulate.ts";
import { collapse } from "../../src/engine/analysis/collapse.ts";
import { differentialExpression } from "../../src/engine/analysis/differential-expression.ts";
import { filterGenes } from "../../src/engine/analysis/filter-genes.ts";
import { fromBlob } from "../../src/engine/bytes/index.ts";
import { filterSamples } from "../../src/engine/experiment/filter-samples.ts";
import { intake } from "../../src/engine/intake/index.ts";
import { createPool } from "../../src/engine/pool/index.ts";
import { numbers, strings, type Table } from "../../src/tables/index.ts";
import { inProcessWorker } from "../support/in-process-worker.ts";

const data = join(import.meta.dirname, "../../data");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const shipped = (name: string) => {
  const bytes = readFileSync(join(data, "als", name));
  return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
const truth = rowsOf(shipped("truth.csv.gz").toString("utf8"));
const read = (name: string, bytes: Uint8Array) =>
  intake(fromBlob(new Blob([new Uint8Array(bytes)]), name));

describe("what goes into it", () => {
  test("exp, log and log n! are right without the engine's own", () => {
    for (let x = -600; x < 600; x += 3.7) expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 14);
    for (let x = 1e-30; x < 1e30; x *= 7.3) expect(log(x)).toBeCloseTo(Math.log(x), 12);
    expect(logFactorial(10)).toBeCloseTo(Math.log(3628800), 12);
    expect(logFactorial(1024) - logFactorial(1023)).toBeCloseTo(Math.log(1024), 10);
  });

  test("streams have the moments they should, and depend on their name alone", () => {
    const draw = random("moments");
    const moments = (next: () => number) => {
      const values = Array.from({ length: 40_000 }, next);
      const mean = values.reduce((a, b) => a + b) / values.length;
      return { mean, variance: values.reduce((a, v) => a + (v - mean) ** 2, 0) / values.length };
    };
    const normal = moments(draw.normal);
    expect(normal.mean).toBeCloseTo(0, 1);
    expect(normal.variance).toBeCloseTo(1, 1);
    const gamma = moments(() => draw.gamma(4));
    expect(gamma.mean).toBeCloseTo(1, 1);
    expect(gamma.variance).toBeCloseTo(0.25, 1);
    for (const mean of [0.4, 7, 30, 900]) {
      const poisson = moments(() => draw.poisson(mean));
      expect(poisson.mean / mean).toBeCloseTo(1, 1);
      expect(poisson.variance / mean).toBeCloseTo(1, 1);
    }
    const again = random("moments");
    expect([again.normal(), again.normal()]).not.toEqual([draw.normal(), draw.normal()]);
    expect(random("a").uniform()).toBe(random("a").uniform());
  });
});

test("the generator writes the bytes that ship", { timeout: 180_000 }, () => {
  const made = simulate();
  expect(made.map(({ name }) => name)).toEqual([
    "mouse.arrow",
    "g37r.arrow",
    "g85r.arrow",
    "g86r.arrow",
    "human.arrow",
    "truth.csv",
    "truth-samples.csv",
  ]);
  for (const { name, bytes } of made)
    expect(sha256(bytes), name).toBe(
      sha256(shipped(name === "truth-samples.csv" ? name : `${name}.gz`)),
    );
});

test("all data together stay small enough for any static host", () => {
  const sums = readFileSync(join(data, "checksums.txt"), "utf8").trimEnd().split("\n");
  const total = sums.reduce((sum, line) => sum + statSync(join(data, line.split("  ")[1])).size, 0);
  expect(total).toBeLessThan(40e6);
});

describe("the experiments", () => {
  test.each([
    ["mouse", 21277, 104, "counts"],
    ["g37r", 18200, 10, "counts"],
    ["g85r", 14600, 12, "counts"],
    ["g86r", 11900, 12, "log"],
    ["human", 14400, 115, "counts"],
  ] as const)(
    "%s is %i genes x %i, %s, and says that it is simulated",
    async (name, n, s, kind) => {
      const one = await read(`${name}.arrow`, shipped(`${name}.arrow.gz`));
      expect([one.counts.nGenes, one.counts.nSamples, one.kind]).toEqual([n, s, kind]);
      expect(one.title).toMatch(/^Simulated: /);
      expect(one.metadata.simulated).toContain("data/simulate");
      expect(one.metadata.source).toContain("No animal, cell or person was measured");
      expect(one.metadata.licence).toContain("LGPL-2.0-or-later");
      expect(one.report[0]).toMatchObject({ code: "simulated", level: "info", n: s });
      expect(one.report.filter((line) => line.code.startsWith("sex-markers"))).toEqual([]);
    },
  );

  test("the mice are 24 animals of four groups, four populations each, and eight repeats", async () => {
    const { samples } = await read("mouse.arrow", shipped("mouse.arrow.gz"));
    const tally = (...columns: string[]) => {
      const texts = columns.map((name) => strings(samples, name));
      const counts: Record<string, number> = {};
      for (let s = 0; s < samples.numRows; ++s) {
        const key = texts.map((text) => text[s]).join(" ");
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    };
    expect(Object.keys(tally("animal")).length).toBe(24);
    expect(tally("population", "repeat")).toEqual({
      "SC 1": 24,
      "CN12 1": 24,
      "CN3/4 1": 24,
      "CN10 1": 24,
      "SC 2": 2,
      "CN12 2": 2,
      "CN3/4 2": 2,
      "CN10 2": 2,
    });
    expect(Object.keys(tally("genotype", "age", "sex", "batch")).length).toBe(24);
    expect(Object.keys(tally("pool")).length).toBe(96);
  });

  test("the odd libraries are in the truth table, and the outlier in the report", async () => {
    const lines = rowsOf(shipped("truth-samples.csv").toString("utf8"));
    expect(lines.filter(([, labelled, is]) => labelled !== is)).toEqual([
      ["A17_SC", "SC", "CN3/4", "label exchanged"],
      ["A17_CN34", "CN3/4", "SC", "label exchanged"],
    ]);
    const { report } = await read("mouse.arrow", shipped("mouse.arrow.gz"));
    expect(report.find(({ code }) => code === "outlying-library")?.example).toBe("A08_CN10");
  });

  test("pairs of mouse and human are by symbol, one by hand", () => {
    const pairs = rowsOf(shipped("orthologs.csv").toString("utf8"));
    expect(pairs.length).toBe(14400);
    expect(new Set(pairs.map(([, human]) => human)).size).toBe(14400);
    for (const [mouse, human, basis] of pairs)
      if (basis === "by symbol") expect(human).toBe(mouse.toUpperCase());
      else expect([mouse, human, basis]).toEqual(["Serpinb1a", "SERPINB1", "by hand"]);
  });
});

describe("the truth table", () => {
  const changes = (study: string, contrast: string) =>
    new Map(
      truth
        .filter((row) => row[0] === study && row[1] === contrast)
        .map((row) => [row[2], Number(row[3])]),
    );
  const eleven = "Atf3 Nupr1 Cd44 Gadd45a Ngfr Ccl2 Ccl7 Gal Timp1 Serpinb1a Chl1".split(" ");

  test("has the eleven in both vulnerable populations, earlier in SC", () => {
    for (const gene of eleven) {
      expect(changes("mouse", "SC P56: SOD1 over WT").get(gene)).toBeGreaterThan(0.5);
      expect(changes("mouse", "SC P112: SOD1 over WT").get(gene)).toBeGreaterThan(1);
      expect(changes("mouse", "CN12 P56: SOD1 over WT").has(gene)).toBe(false);
      expect(changes("mouse", "CN12 P112: SOD1 over WT").get(gene)).toBeGreaterThan(1);
      for (const population of ["CN3/4", "CN10"])
        expect(changes("mouse", `${population} P112: SOD1 over WT`).has(gene)).toBe(false);
    }
  });

  test("has the resistant baseline, few changes there, and the regeneration genes", () => {
    for (const gene of ["En1", "Pvalb", "Cd63", "Gal"]) {
      expect(changes("mouse", "WT: CN3/4 over SC").get(gene)).toBeGreaterThan(1.5);
      expect(changes("mouse", "SC P112: SOD1 over WT").get(gene)).toBeGreaterThan(1);
    }
    expect(changes("mouse", "SC P112: SOD1 over WT").get("Sprr1a")).toBeGreaterThan(1);
    expect(changes("mouse", "CN3/4 P112: SOD1 over WT").size).toBeLessThan(50);
    expect(changes("mouse", "SC P112: SOD1 over WT").size).toBeGreaterThan(600);
  });

  test("has 39 genes that all four studies share in one direction, fillers marked", () => {
    const core = new Map(
      truth.filter((row) => row[7] && row[0] !== "human").map((row) => [row[2], row]),
    );
    expect(core.size).toBe(39);
    const named = [...core.values()].filter((row) => row[6] !== "filler").map((row) => row[2]);
    expect(named.toSorted()).toEqual(
      "Adcyap1 Atf3 Atf4 Ddit3 Fgf21 Gap43 Ina Mt1 Nupr1 Penk Sprr1a Vgf".split(" "),
    );
    for (const [gene, row] of core)
      for (const [study, contrast] of [
        ["mouse", "SC P112: SOD1 over WT"],
        ["g37r", "SOD1 over WT"],
        ["g85r", "SOD1 over WT"],
        ["g86r", "SOD1 over WT"],
      ])
        expect(Math.sign(changes(study, contrast).get(gene)!)).toBe(row[7] === "up" ? 1 : -1);
    const human = changes("human", "E100G over E100E");
    expect(["VGF", "INA", "PENK"].every((gene) => human.get(gene)! > 1)).toBe(true);
  });

  test("is recovered, and little else, from a small version", { timeout: 120_000 }, async () => {
    const [{ bytes }] = simulate({ genes: 1500, only: ["mouse.arrow"] });
    const pool = createPool({ size: 2, spawn: inProcessWorker });
    afterAll(() => pool.close());
    const whole = await read("small.arrow", bytes);
    const ids = strings(whole.samples, "sample_id");
    const wrong = ["A17_SC", "A17_CN34", "A08_CN10"];
    const good = ids.flatMap((id, s) => (wrong.includes(id!) ? [] : [s]));
    const spinal = filterSamples(filterSamples(whole, good), { population: "SC", age: "P112" });
    const summed = await collapse(spinal, { by: "pool" });
    const kept = await filterGenes(
      summed,
      { method: "counts", minCount: 10, minSamples: 4 },
      { pool },
    );
    const fit = await differentialExpression(kept, { design: "~ batch + genotype" }, { pool });
    const results = await fit.results({ alpha: 0.05 }, { pool });
    const { found, missed, spurious } = compare(results, changes("mouse", "SC P112: SOD1 over WT"));
    expect(found / (found + missed)).toBeGreaterThan(0.7);
    expect(spurious / (found + spurious)).toBeLessThan(0.15);
  });
});

/** Genes of the table with padj < 0.05 and the planted sign, planted ones without, and significant ones that were not planted. */
function compare(results: Table, planted: ReadonlyMap<string, number>) {
  const padj = numbers(results, "padj");
  const change = numbers(results, "log2FoldChange");
  const tally = { found: 0, missed: 0, spurious: 0 };
  strings(results, "gene_id").forEach((id, i) => {
    const is = planted.get(id!);
    const right = padj[i] < 0.05 && is !== undefined && Math.sign(change[i]) === Math.sign(is);
    if (right) ++tally.found;
    else if (is !== undefined) ++tally.missed;
    if (padj[i] < 0.05 && !right) ++tally.spurious;
  });
  return tally;
}
