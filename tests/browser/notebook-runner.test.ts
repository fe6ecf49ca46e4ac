import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseArguments } from "../../tools/support/notebook-arguments.ts";
import { notebookRunner, type NotebookRunner } from "../../tools/support/notebook-runner.ts";
import { notebookText } from "../support/app.ts";

const root = resolve(import.meta.dirname, "../..");
let folder: string;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What `npm run notebook -- …` does. */
function run(...args: string[]): Promise<Run> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "tools/notebook.ts", ...args], {
      cwd: root,
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += String(text)));
    child.stderr.on("data", (text) => (err += String(text)));
    child.on("error", reject);
    child.on("close", (code) => done({ code, out, err: err.replace("building dist/\n", "") }));
  });
}

interface Summary {
  title: string;
  ok: boolean;
  cells: {
    id: number;
    name: string | null;
    state: string;
    error: string | null;
    text: string;
    ms: number;
  }[];
}
const summaryOf = (out: string) =>
  JSON.parse(readFileSync(join(out, "notebook.json"), "utf8")) as Summary;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "engrailed-run-"));
});

function put(name: string, cells: Parameters<typeof notebookText>[1]): string {
  const path = join(folder, name);
  writeFileSync(path, notebookText(name, cells));
  return path;
}

describe("what ships", () => {
  /** tests/browser/als-notebooks.test.ts runs these, and looks at their values. */
  const elsewhere = new Set(["notebooks/motor-neurons.html", "notebooks/several-mutations.html"]);
  const index = JSON.parse(readFileSync(join(root, "notebooks/index.json"), "utf8")) as {
    path: string;
  }[];
  const paths = index.map(({ path }) => path).filter((path) => !elsewhere.has(path));
  const outcomes = new Map<string, Promise<{ code: number; said: string[] }>>();
  const runners: NotebookRunner[] = [];
  const outOf = (path: string) => join(folder, `out-${path.replaceAll("/", "-")}`);

  /** Two browsers, each with every second notebook, one after the other. */
  beforeAll(async () => {
    for (const lane of [0, 1]) {
      let said: string[] = [];
      const runner = await notebookRunner({
        dist: join(root, "dist"),
        say: (line) => said.push(line),
        tell: () => undefined,
      });
      runners.push(runner);
      let before: Promise<unknown> = Promise.resolve();
      for (const path of paths.filter((_, i) => i % 2 === lane)) {
        const outcome = before.then(async () => {
          said = [];
          const args = { notebook: path, attach: [], values: [], out: outOf(path), timeout: 100 };
          return { code: await runner.run(args), said };
        });
        outcomes.set(path, outcome);
        before = outcome.catch(() => undefined);
      }
    }
  });
  afterAll(async () => {
    for (const runner of runners) await runner.close();
  });

  it.each(paths)(
    "%s runs without a window and without a network",
    { timeout: 600_000 },
    async (path) => {
      const { code, said } = await outcomes.get(path)!;
      const summary = summaryOf(outOf(path));
      const wrong = summary.cells.filter((cell) => cell.state !== "fulfilled" || cell.error);
      expect(wrong).toEqual([]);
      expect(said).toEqual([]);
      expect(code).toBe(0);
      expect(summary.ok).toBe(true);
      expect(summary.cells.length).toBeGreaterThan(2);
    },
  );
});

describe("values", () => {
  it("are written exactly: double precision, missing as empty, quoted as CSV asks", async () => {
    const rows = `[
      {name: "plain", x: 0.1 + 0.2, y: 1 / 3, when: null},
      {name: "a, \\"b\\"\\nc", x: 5e-324, y: -Infinity, when: "2024"},
      {name: "", x: null, y: Infinity, when: undefined},
      {name: "big", x: 1.7976931348623157e308, y: 123456789012345680, when: "é"}
    ]`;
    const path = put("values.html", [
      `const rows = ${rows};`,
      "const db = DuckDBClient.of({rows: [{i: 1, x: 0.1}, {i: 2, x: null}]});",
      ["application/sql", "SELECT i, x, x / 3 AS third FROM rows ORDER BY i", { output: "table" }],
      "const n = 42;",
      "const mixed = {a: [1, NaN, Infinity], b: 'text'};",
      "const lanes = readExperiment({counts: FileAttachment('c.csv'), samples: FileAttachment('s.csv')});",
      "const means = lanes.summarize({by: 'tissue'});",
      "const slid = view(Inputs.range([0, 9], {value: 3, step: 1}));",
      "Plot.dot([[1, 2]]).plot()",
      "html`<b>bold</b>`",
    ]);
    writeFileSync(join(folder, "c.csv"), "gene_id,s1,s2\ng1,1,2\ng2,0,4\n");
    writeFileSync(join(folder, "s.csv"), "sample_id,tissue\ns2,liver\ns1,kidney\n");
    const out = join(folder, "out-values");
    const { code, err } = await run(
      path,
      "--values",
      "rows,table,n,mixed,lanes,means,slid",
      "--out",
      out,
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    const value = (name: string) => readFileSync(join(out, "values", name), "utf8");
    expect(value("rows.csv")).toBe(
      'name,x,y,when\nplain,0.30000000000000004,0.3333333333333333,\n"a, ""b""\nc",5e-324,-Inf,2024\n"",,Inf,\nbig,1.7976931348623157e+308,123456789012345680,é\n',
    );
    expect(value("table.csv")).toBe(`i,x,third\n1,0.1,${0.1 / 3}\n2,,\n`);
    expect(JSON.parse(value("n.json"))).toBe(42);
    expect(JSON.parse(value("mixed.json"))).toEqual({ a: [1, "NaN", "Infinity"], b: "text" });
    expect(JSON.parse(value("lanes.json"))).toMatchObject({
      kind: "counts",
      shape: { genes: 2, samples: 2 },
    });
    expect(value("means.csv").split("\n").slice(0, 2)).toEqual([
      "gene_id,symbol,tissue,n,mean,variance,detected",
      "g1,,kidney,1,1,,1",
    ]);
    expect(JSON.parse(value("slid.json"))).toBe(3);
    const { cells } = summaryOf(out);
    expect(cells.map((cell) => cell.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(cells[0].name).toBe("rows");
    expect(cells[8].name).toBeNull();
    expect(readFileSync(join(out, "cells/9.svg"), "utf8")).toMatch(/^<svg[^]*<\/svg>/);
    expect(readFileSync(join(out, "cells/10.html"), "utf8")).toContain("<b>bold</b>");
    expect(existsSync(join(out, "cells/9.html"))).toBe(false);
  });
});

describe("files", () => {
  it("come from the notebook's folder, and from --attach, which wins", async () => {
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    writeFileSync(join(folder, "deep/over.csv"), "a\n1\n");
    writeFileSync(join(folder, "deep/er/beside ü.csv"), "a\n2\n");
    writeFileSync(join(folder, "mine.csv"), "a\n99\n");
    const path = join(folder, "deep/er/here.html");
    writeFileSync(
      path,
      notebookText("Here", [
        "FileAttachment('beside ü.csv').text()",
        "FileAttachment('../over.csv').text()",
        "FileAttachment('given.csv').text()",
        "FileAttachment(['given', '.csv'].join('')).size",
      ]),
    );
    const out = join(folder, "out-files");
    const { code, err } = await run(
      path,
      "--attach",
      `given.csv=${join(folder, "mine.csv")}`,
      `--out=${out}`,
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(summaryOf(out).cells.map((cell) => cell.text.match(/\d+/)?.[0])).toEqual([
      "2",
      "1",
      "99",
      "5",
    ]);
  });

  it("replace those of a shipped notebook: your own counts", async () => {
    const counts = join(folder, "counts.csv");
    const samples = join(folder, "samples.csv");
    const genes = Array.from(
      { length: 40 },
      (_, i) => `g${i},${i},${2 * i + 1},${(i * 7) % 11},${i + 3}`,
    );
    writeFileSync(counts, `gene_id,a,b,c,d\n${genes.join("\n")}\n`);
    writeFileSync(samples, "sample_id,genotype\na,wt\nb,wt\nc,ko\nd,ko\n");
    const out = join(folder, "out-own");
    const { code, err } = await run(
      "notebooks/your-own-counts.html",
      "--attach",
      `../data/marioni/counts.csv=${counts}`,
      "--attach",
      `../data/marioni/samples.csv=${samples}`,
      "--values",
      "experiment",
      "--out",
      out,
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(out, "values/experiment.json"), "utf8"))).toMatchObject({
      shape: { genes: 40, samples: 4 },
    });
  });
});

describe("what goes wrong", () => {
  it("in a cell, or waits beyond the timeout, is exit 1, and the rest is written", async () => {
    const path = put("fails.html", [
      "const a = lost;",
      "`a is ${a}`",
      "1 + 1",
      "fetch('https://example.com/').then(() => 'reached')",
      "FileAttachment('none.csv').text()",
      "new Promise(() => {})",
    ]);
    const out = join(folder, "out-fails");
    const { code, err } = await run(path, "--out", out, "--timeout", "4");
    expect(code).toBe(1);
    const { ok, cells } = summaryOf(out);
    expect(ok).toBe(false);
    expect(cells.map((cell) => cell.state)).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "rejected",
      "rejected",
      "pending",
    ]);
    expect(cells[0].error).toBe("lost is not defined");
    expect(cells[4].error).toContain("no such file: none.csv");
    expect(err).toContain("cell 1 rejected: lost is not defined");
  });

  it("in a loop that never ends is a pending cell and exit 1 too", async () => {
    const path = put("loops.html", ["const first = 1;", "for (;;);"]);
    const out = join(folder, "out-loops");
    const { code, err } = await run(path, "--out", out, "--timeout", "2");
    expect(code, err).toBe(1);
    expect(err).toContain("does not end");
    expect(summaryOf(out).cells).toMatchObject([
      { id: 1, name: "first", state: "pending" },
      { id: 2, name: null, state: "pending" },
    ]);
  });

  it("in the asking is exit 2 with the reason", async () => {
    const path = put("fine.html", ["const a = 1;"]);
    const unknown = await run(path, "--values", "a,b", "--out", join(folder, "out-unknown"));
    expect(unknown.err).toContain("unknown name in --values: b");
    expect(unknown.code).toBe(2);
    const bad = await run("--speed", "9");
    expect(bad.err).toMatch(/unknown option: --speed[^]*usage: npm run notebook/);
    expect(bad.code).toBe(2);
    const none = await run(join(folder, "none.html"));
    expect(none.err).toContain("no such notebook");
    expect(none.code).toBe(2);
  });

  it("in the arguments is said in words", () => {
    expect(parseArguments([])).toMatch(/which notebook/);
    expect(parseArguments(["a.html", "--attach", "nothing"])).toMatch(/not NAME=FILE/);
    expect(parseArguments(["a.html", "--timeout", "soon"])).toMatch(/not a number of seconds/);
    expect(parseArguments(["a.html", "b.html"])).toMatch(/one notebook at a time/);
    expect(parseArguments(["a.html", "--out"])).toMatch(/--out needs a value/);
    expect(
      parseArguments(["a.html", "--attach", "x=y=z.csv", "--values", "a, b", "--out=o"]),
    ).toEqual({
      notebook: "a.html",
      attach: [{ name: "x", file: "y=z.csv" }],
      values: ["a", "b"],
      out: "o",
      timeout: 120,
    });
  });
});
