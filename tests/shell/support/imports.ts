import type { ImportDoor } from "../../../src/shell/ports.ts";
import type { ImportPreview, InspectedFile } from "../../../src/protocol/import.ts";

/** An engine that can read no file. */
export const noImports: ImportDoor = {
  expectFiles: () => undefined,
  inspect: async (files) =>
    files.map(() => ({
      format: null,
      label: "not read here",
      role: null,
      head: null,
      names: [],
      sheets: false,
      problem: { name: "ReadError", message: "not a format that is known here" },
    })),
  previewExperiment: async () => ({ found: null, problem: null, join: null }),
  experimentFile: async () => new Uint8Array(),
};

export const table = (role: InspectedFile["role"], names: readonly string[]): InspectedFile => ({
  format: "table",
  label: "a table (CSV, TSV)",
  role,
  head: { columns: names, width: names.length, rows: [names.map((_, i) => String(i))] },
  names,
  sheets: false,
  problem: null,
});

export const found: ImportPreview = {
  found: {
    title: "counts",
    organism: null,
    kind: "counts",
    shape: { genes: 1200, samples: 4 },
    genes: { columns: ["gene_id"], width: 1, rows: [["g1"]] },
    samples: { columns: ["sample_id", "tissue"], width: 2, rows: [["s1", "liver"]] },
    report: [
      { level: "info", code: "kind-decided", message: "Taken as counts.", n: 1, example: null },
      { level: "warning", code: "odd", message: "Odd library: s1.", n: 1, example: "s1" },
    ],
    factors: [{ name: "tissue", levels: ["kidney", "liver"] }],
    gene: "ALB",
  },
  problem: null,
  join: {
    column: "sample_id",
    counts: [{ id: "s1_x", key: "s1" }],
    sheet: [{ id: "s1", key: "s1" }],
    matched: 4,
    aloneInCounts: [],
    aloneInSheet: ["s9"],
  },
};
