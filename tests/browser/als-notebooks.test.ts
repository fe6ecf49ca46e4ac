import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notebookRunner, type NotebookRunner } from "../../tools/support/notebook-runner.ts";

const root = resolve(import.meta.dirname, "../..");
let runner: NotebookRunner;

beforeAll(async () => {
  runner = await notebookRunner({
    dist: join(root, "dist"),
    say: () => undefined,
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
