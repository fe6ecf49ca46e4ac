import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasOutsideData, outsidePath, whySkipped } from "../support/outside-data.ts";
import { openApp } from "../support/app.ts";
import { notebookRunner, type NotebookRunner } from "../../tools/support/notebook-runner.ts";

const root = resolve(import.meta.dirname, "../..");
let runner: NotebookRunner;
const said: string[] = [];

beforeAll(async () => {
  runner = await notebookRunner({
    dist: join(root, "dist"),
    say: (line) => said.push(line),
    tell: () => undefined,
  });
});
afterAll(() => runner.close());

/** Runs a notebook; says the values asked for, as text. */
async function run(
  name: string,
  values: readonly string[],
  attach: readonly { name: string; file: string }[] = [],
) {
  const out = mkdtempSync(join(tmpdir(), "engrailed-als-"));
  said.length = 0;
  const code = await runner.run({
    notebook: `notebooks/${name}`,
    attach: [...attach],
    values: [...values],
    out,
    timeout: 220,
  });
  const { cells } = JSON.parse(readFileSync(join(out, "notebook.json"), "utf8")) as {
    cells: { id: number; state: string; error: string | null; text: string }[];
  };
  expect(cells.filter((cell) => cell.state !== "fulfilled" || cell.error)).toEqual([]);
  expect(said).toEqual([]);
  expect(code).toBe(0);
  return {
    text: cells.map((cell) => cell.text).join("\n"),
    csv: (value: string) => rowsOf(readFileSync(join(out, "values", `${value}.csv`), "utf8")),
    json: (value: string): unknown =>
      JSON.parse(readFileSync(join(out, "values", `${value}.json`), "utf8")),
  };
}

function rowsOf(text: string): Record<string, string>[] {
  const [head, ...lines] = text
    .trimEnd()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((m) => m[1] ?? m[2]),
    );
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}

describe("Motor neurons in ALS", () => {
  test("finds the exchanged labels, and what was planted", { timeout: 240_000 }, async () => {
    const { csv, json, text } = await run("motor-neurons.html", [
      "suspects",
      "scores",
      "summary",
      "borrowed",
    ]);
    expect(csv("suspects").map((row) => [row.sample_id, row.population, row.like])).toEqual([
      ["A17_SC", "SC", "CN3/4"],
      ["A17_CN34", "CN3/4", "SC"],
    ]);
    const summary = json("summary") as { sensitivity: number; false_discoveries: number };
    expect(summary.sensitivity).toBeGreaterThan(0.65);
    expect(summary.false_discoveries).toBeLessThan(0.12);
    const scores = new Map(csv("scores").map((row) => [row.contrast, row]));
    expect(Number(scores.get("SC P112: SOD1 over WT")!.sensitivity)).toBeGreaterThan(0.8);
    expect(Number(scores.get("CN3/4 P112: SOD1 over WT")!.called)).toBeLessThan(40);
    const borrowed = csv("borrowed").map((row) => row.gene_id);
    expect(borrowed).toEqual(expect.arrayContaining(["En1", "Pvalb", "Cd63", "Gal"]));
    expect(text).toContain("Simulated data.");
    expect(text).toContain("of the eleven, 11 are among them");
  });
});

describe("Several mutations", () => {
  test("finds what all four studies share, in one direction", { timeout: 240_000 }, async () => {
    const { csv, json, text } = await run("several-mutations.html", ["recovery", "consistent"]);
    const recovery = json("recovery") as Record<"core" | "coreFound" | "found" | "right", number>;
    expect(recovery.core).toBe(39);
    expect(recovery.coreFound).toBeGreaterThan(34);
    expect(recovery.right / recovery.found).toBeGreaterThan(0.95);
    const genes = csv("consistent").map((row) => row.gene);
    expect(genes).toEqual(expect.arrayContaining(["Vgf", "Ina", "Penk", "Atf3"]));
    expect(text).toContain("this is not the paper’s list");
    expect(text).toContain("mapped one-to-one from mouse_symbol to human_symbol");
  });
});

describe("Your own ALS data", () => {
  const attach = (folder: string, counts: string, sheet: string) => [
    { name: "counts", file: outsidePath(`${folder}/${counts}`) },
    { name: "samples", file: outsidePath(`${folder}/${sheet}`) },
  ];

  test.skipIf(!hasOutsideData)(
    `runs on laser-captured human motor neurons${whySkipped}`,
    { timeout: 240_000 },
    async () => {
      const files = attach("als-lcm-gse76220", "GSE76220_counts_filtered.tsv", "sample_sheet.tsv");
      const { text, json } = await run("your-own-als-data.html", ["twins", "facts"], files);
      expect(json("twins")).toEqual(["ravits_control8"]);
      expect(json("facts")).toContain("Samples: 20");
      expect(text).toContain("sALS over control: positive means higher in sALS");
      expect(text).toMatch(/[1-9]\d* higher in sALS/);
      expect(text).toContain("No time course");
      expect(text).toContain("There is one population, or none is named");
      expect(text).toContain("No column names animals or donors");
      expect(text).not.toContain("Simulated data.");
    },
  );

  test.skipIf(!hasOutsideData)(
    `runs on TRAP of mouse motor neurons, whose gene ids repeat${whySkipped}`,
    { timeout: 240_000 },
    async () => {
      const files = attach(
        "motor-neuron-trap-gse93412",
        "GSE93412_gene_counts.csv",
        "GSE93412_sample_sheet.tsv",
      );
      const { text } = await run("your-own-als-data.html", [], files);
      expect(text).toContain("485 ids on more than one row");
      expect(text).toContain("SNAP25 over ChAT: positive means higher in SNAP25");
      expect(text).toContain("Each fraction is fitted on its own");
      expect(text).toContain("Slc5a7");
      expect(text).toContain("No time course");
    },
  );

  test("goes from files to a figure by choosing alone", { timeout: 240_000 }, async () => {
    const app = await openApp();
    try {
      await app.open("notebooks/your-own-als-data.html");
      await app.settled(200_000);
      const stage = app.stage();
      const file = (name: string) => join(root, "data/marioni", name);
      await stage.locator("input[type=file]").nth(0).setInputFiles(file("counts.csv"));
      await stage.locator("input[type=file]").nth(1).setInputFiles(file("samples.csv"));
      await stage.getByText("Liver over Kidney: positive means higher in Liver").first().waitFor();
      await stage.getByText("These are your files.").waitFor();
      await stage.getByLabel("Control", { exact: true }).selectOption("Liver");
      await stage.getByText("Kidney over Liver: positive means higher in Kidney").first().waitFor();
      await stage.getByLabel("Condition", { exact: true }).selectOption({ label: "none" });
      await stage.getByText("Choose a condition with two levels in section 2.").first().waitFor();
      expect(await stage.locator(".cell-failed:visible").count()).toBe(0);
    } finally {
      await app.close();
    }
  });
});
