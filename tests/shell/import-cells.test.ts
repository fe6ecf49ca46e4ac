import { describe, expect, test } from "vitest";
import { importCells, importTitle, readCall } from "../../src/shell/import-cells.ts";
import type { ImportFiles } from "../../src/protocol/import.ts";
import { found } from "./support/imports.ts";

const file = (name: string) => ({ name, blob: new Blob() });
const none: ImportFiles = { counts: [], samples: [], genes: [], transcripts: [] };
const one: ImportFiles = { ...none, counts: [file("counts.csv")] };
const plan = { files: one, options: {}, found: found.found! };

describe("readCall", () => {
  test("names one file alone", () => {
    expect(readCall(one, {})).toBe('readExperiment(FileAttachment("counts.csv"))');
  });

  test("names parts, lists, and only the options that are given", () => {
    const files = { ...none, counts: [file("a.txt"), file("b.txt")], samples: [file("s.csv")] };
    const options = {
      join: { strip: /_x\/y$/ },
      kind: undefined,
      duplicates: "sum" as const,
      reference: { tissue: "liver", "cell type": 'B "naive"' },
    };
    expect(readCall(files, options)).toBe(
      `readExperiment({
  counts: [
    FileAttachment("a.txt"),
    FileAttachment("b.txt"),
  ],
  samples: FileAttachment("s.csv"),
}, {join: {strip: /_x\\/y$/}, duplicates: "sum", reference: {tissue: "liver", "cell type": "B \\"naive\\""}})`,
    );
  });

  test("quotes hostile names", () => {
    const files = { ...none, counts: [file('a");alert(1);("')] };
    expect(readCall(files, {})).toBe('readExperiment(FileAttachment("a\\");alert(1);(\\""))');
  });
});

describe("importCells", () => {
  test("reads, reports and draws", () => {
    expect(importCells(plan).map(({ mode, value }) => [mode, value])).toEqual([
      ["md", "# counts"],
      ["js", 'const experiment = readExperiment(FileAttachment("counts.csv"));'],
      ["md", "What was noticed while reading:"],
      ["js", "experiment.report"],
      ["js", "const components = pca(experiment);"],
      ["js", 'pcaPlot(components, {color: "tissue"})'],
      ["js", 'genePlot(experiment, {genes: ["ALB"]})'],
    ]);
  });

  test("takes names that the notebook has not", () => {
    const taken = (name: string) => ["experiment", "experiment2", "components"].includes(name);
    const values = importCells(plan, { level: 2, taken }).map(({ value }) => value);
    expect(values[0]).toBe("## counts");
    expect(values).toContain("experiment3.report");
    expect(values).toContain('pcaPlot(components2, {color: "tissue"})');
  });

  test("lets a title be words alone", () => {
    const title = "</script>`${alert(1)}`\n# two";
    expect(importTitle({ ...found.found!, title })).toBe("/script alert(1) two");
    expect(importTitle({ ...found.found!, title: "${}" })).toBe("Experiment");
  });

  test("leaves components out for two samples", () => {
    const small = { ...found.found!, shape: { genes: 10, samples: 2 } };
    const values = importCells({ ...plan, found: small }).map(({ value }) => value);
    expect(values.join()).not.toContain("pca");
  });
});
