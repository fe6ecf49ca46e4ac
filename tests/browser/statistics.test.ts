import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe("differential expression in the page", () => {
  it("fits three methods in the workers and says in words what a sign means", async () => {
    await app.open(
      app.put(
        "statistics.html",
        notebookText("Statistics", [
          'const lanes = readExperiment(FileAttachment("../data/marioni/marioni.arrow.gz"))',
          'const kept = filterGenes(lanes, {design: "~ tissue"})',
          'const fits = Promise.all(["deseq2", "edger", "limma-voom"].map((method) => differentialExpression(kept, {method, design: "~ tissue"})))',
          "const tables = Promise.all(fits.map((fit) => fit.results({alpha: 0.05})))",
          'const up = tables.map((t) => t.toArray().find((d) => d.symbol === "ALB").log2FoldChange)',
          'const words = tables.map((t) => t.schema.metadata.get("contrast"))',
          "const warned = fits.map((fit) => fit.warnings.join(' '))",
          "volcano(tables[0])",
          'differentialExpression(lanes, {design: "~ tisue"})',
        ]),
      ),
    );
    const cells = await app.settled(100_000);
    expect(cells.slice(0, 8).map((cell) => cell.error)).toEqual(Array(8).fill(null));
    const value = async (name: string) => JSON.parse((await app.value(name))!.text) as unknown[];
    for (const change of await value("up")) expect(change).toBeGreaterThan(5);
    for (const text of await value("words"))
      expect(text).toContain("Liver over Kidney: positive means higher in Liver");
    for (const text of await value("warned")) expect(text).toContain("1 donor");
    expect(cells[7].text).toContain("higher in Liver");
    expect(cells[8].error).toContain("tisue");
  });
});
