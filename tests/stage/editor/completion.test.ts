// @vitest-environment jsdom
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { completeInterpolation, completeNames } from "../../../src/stage/editor/complete-names.ts";
import { completeSql } from "../../../src/stage/editor/complete-sql.ts";
import { cellLanguage } from "../../../src/stage/editor/languages.ts";
import type { Completions } from "../../../src/stage/editor/types.ts";
import type { CellMode } from "../../../src/notebook/types.ts";

const names: Completions = {
  cells: [{ name: "experiment", detail: "Experiment" }, { name: "gene" }],
  builtins: [
    { name: "pca", signature: "pca(experiment, {ntop, scale})" },
    { name: "Plot" },
    { name: "Plot.dot", signature: "Plot.dot(data, options)" },
    { name: "gene", signature: "hidden by the cell" },
  ],
  tables: [
    { name: "hsmm.genes", columns: ["gene_id", { name: "gene index", type: "INTEGER" }] },
    { name: "lanes", columns: ["lane_id", "tissue"] },
  ],
};

/** A context at the "|" of a text. */
function at(mode: CellMode, text: string, explicit = false): CompletionContext {
  const pos = text.indexOf("|");
  const doc = text.replace("|", "");
  const extensions = cellLanguage(mode) ?? [];
  return new CompletionContext(EditorState.create({ doc, extensions }), pos, explicit);
}

describe("names", () => {
  it("completes cells before builtins, with one line of signature", () => {
    const result = completeNames(at("js", "const x = p|"), () => names);
    expect(result?.from).toBe(10);
    expect(result?.options.map(({ label }) => label)).toEqual([
      "experiment",
      "gene",
      "pca",
      "Plot",
    ]);
    expect(result?.options.find(({ label }) => label === "pca")?.detail).toBe(
      "(experiment, {ntop, scale})",
    );
  });

  it("completes members after a dot", () => {
    const result = completeNames(at("js", "Plot.|"), () => names);
    expect(result?.options.map(({ label }) => label)).toEqual(["dot"]);
  });

  it("says nothing inside strings and comments", () => {
    expect(completeNames(at("js", '"p|"'), () => names)).toBeNull();
    expect(completeNames(at("js", "// p|"), () => names)).toBeNull();
  });

  it("completes inside ${…} of Markdown, and not outside", () => {
    const inside = completeInterpolation(at("md", "There are ${exp|} genes"), () => names);
    expect(inside?.from).toBe(12);
    expect(inside?.options[0].label).toBe("experiment");
    expect(completeInterpolation(at("md", "There are ${x} exp|"), () => names)).toBeNull();
    const nested = completeInterpolation(at("html", "${f({a: 1}, ge|)}"), () => names);
    expect(nested?.from).toBe(12);
  });
});

describe("SQL", () => {
  const labels = async (text: string, explicit = false) =>
    (await completeSql(at("sql", text, explicit), () => names))?.options.map(({ label }) => label);

  it("completes tables and schemas", async () => {
    expect(await labels("SELECT * FROM l|")).toEqual(expect.arrayContaining(["hsmm", "lanes"]));
    expect(await labels("SELECT * FROM hsmm.|")).toEqual(["genes"]);
  });

  it("completes columns after a table's name and an alias", async () => {
    expect(await labels("SELECT lanes.| FROM lanes")).toEqual(["lane_id", "tissue"]);
    expect(await labels("SELECT g.| FROM hsmm.genes AS g")).toEqual(
      expect.arrayContaining(["gene_id", "gene index"]),
    );
  });

  it("offers bare columns of the tables that the query names, and quotes what needs it", async () => {
    expect(await labels("SELECT t| FROM lanes")).toEqual(
      expect.arrayContaining(["lane_id", "tissue", "lanes"]),
    );
    expect(await labels("SELECT t| FROM hsmm.genes")).not.toContain("tissue");
    const result = await completeSql(at("sql", "SELECT g| FROM hsmm.genes"), () => names);
    expect(result?.options.find(({ label }) => label === "gene index")?.apply).toBe('"gene index"');
  });
});
