// @vitest-environment jsdom
import { expect, test } from "vitest";
import { EngrailedError } from "../../src/base/errors.ts";
import { stripTypes } from "../../src/notebook/strip-types.ts";
import {
  compileCell,
  newCell,
  type Cell,
  type CellMode,
  type Definition,
} from "../../src/notebook/index.ts";

const compile = (mode: CellMode, value: string, rest: Partial<Cell> = {}): Promise<Definition> =>
  compileCell({ ...newCell(1, mode, value), ...rest }, { stripTypes });

async function failure(
  mode: CellMode,
  value: string,
  rest?: Partial<Cell>,
): Promise<EngrailedError> {
  const error: unknown = await compile(mode, value, rest).catch((e: unknown) => e);
  if (!(error instanceof EngrailedError)) throw new Error("it compiled");
  return error;
}

/** Runs a definition with these inputs by importing it as a module. */
async function evaluate(
  definition: Definition,
  inputs: Record<string, unknown> = {},
): Promise<unknown> {
  const text = `export const f = ${definition.body}; // ${Math.random()}`;
  const module = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`
  );
  return module.f(...definition.inputs.map((name) => inputs[name]));
}

test("an expression displays itself, a program defines names", async () => {
  expect(await compile("js", "a + b")).toMatchObject({
    id: 1,
    inputs: ["a", "b"],
    outputs: [],
    autodisplay: true,
  });
  const program = await compile("js", "const {a, b: [c]} = d;\nfunction f() {}");
  expect(program).toMatchObject({ inputs: ["d"], outputs: ["a", "c", "f"], autodisplay: false });
  expect(await compile("js", "1", { hidden: true })).toMatchObject({ autodisplay: false });
  expect(await compile("js", "1", { output: "x" })).toMatchObject({
    output: "x",
    autodisplay: true,
  });
  expect(await compile("js", "")).toMatchObject({ inputs: [], outputs: [], autodisplay: false });
  expect(await compile("js", "display(1)")).toMatchObject({ autodisplay: false });
});

test("TypeScript loses its types, lines kept, only by what was passed in", async () => {
  const d = await compile(
    "ts",
    "interface A { a: number }\nconst x: A = {a: 1};\nconst y = x!.a as number;",
  );
  expect(d.outputs).toEqual(["x", "y"]);
  expect(await evaluate(d)).toEqual({ x: { a: 1 }, y: 1 });
  const object = await compile("ts", "{a: 1} as {a: number}");
  expect(object.autodisplay).toBe(true);
  expect(await evaluate(object)).toEqual({ a: 1 });
  expect((await compile("ts", "(n: number): number => n + k")).inputs).toEqual(["k"]);
  expect((await failure("ts", "a) + (b")).message).toContain("syntax error");
  expect((await failure("ts", "const a: = 1")).message).toContain("syntax error");
  await expect(compileCell(newCell(1, "ts", "1"))).rejects.toThrow("no way to strip");
});

test("text cells are templates of their tags", async () => {
  const md = await compile("md", "# `Hi` ${x} \\alpha");
  expect(md).toMatchObject({ inputs: ["md", "x"], autodisplay: true });
  const tag = (strings: { raw: string[] }, ...values: unknown[]): unknown => [
    strings.raw.join("|"),
    values,
  ];
  expect(
    await evaluate(md, { md: (s: string[], ...v: unknown[]) => [s.join("|"), v], x: 7 }),
  ).toEqual(["# `Hi` | \\alpha", [7]]);
  const tex = await compile("tex", "\\frac{1}{${n}}");
  expect(await evaluate(tex, { tex: { block: tag }, n: 2 })).toEqual(["\\frac{1}{|}", [2]]);
  const html = await compile("html", "<b>${x}</b>", { output: "h" });
  expect(html).toMatchObject({ inputs: ["htl", "x"], output: "h", autodisplay: true });
  expect(await compile("md", "")).toMatchObject({ autodisplay: false, inputs: [] });
});

test("a SQL cell asks its client, displays the table view and gives the whole table", async () => {
  const d = await compile("sql", "SELECT * FROM t WHERE a = ${x}", { output: "rows" });
  expect(d).toMatchObject({ output: "rows", autodisplay: false });
  expect([...d.inputs].sort()).toEqual(["__tableView", "db", "display", "x"]);
  const shown: unknown[] = [];
  const inputs = {
    db: { sql: (s: string[], ...v: unknown[]) => Promise.resolve({ s: [...s], v }) },
    display: (v: unknown) => shown.push(v),
    __tableView: (t: unknown) => ["view", t],
    x: 5,
  };
  const value = await evaluate(d, inputs);
  expect(value).toEqual({ s: ["SELECT * FROM t WHERE a = ", ""], v: [5] });
  expect(shown).toEqual([["view", value]]);
  expect((await compile("sql", "SELECT 1", { hidden: true })).inputs).toEqual(["db"]);
  expect((await compile("sql", "SELECT 1", { database: "var:mine" })).inputs).toContain("mine");
  expect((await failure("sql", "SELECT 1", { database: "warehouse" })).message).toBe(
    "no such database here: warehouse",
  );
  expect(await compile("sql", "  ")).toMatchObject({ inputs: [] });
});

test("imports become calls of the builtin, in front of the first statement, and lines keep their numbers", async () => {
  const d = await compile(
    "js",
    `f(Plot);\nimport * as Plot from "npm:@observablehq/plot";\nimport d, {a as b, "x-y" as c} from "d3";\nimport "e";\nconst lazy = import(g);`,
  );
  expect([...d.inputs].sort()).toEqual(["__import", "f", "g"]);
  expect(d.outputs.toSorted()).toEqual(["Plot", "b", "c", "d", "lazy"]);
  const asked: unknown[] = [];
  const result = await evaluate(d, {
    f: (x: unknown) => asked.push(x),
    g: "late",
    __import: async (specifier: string, names?: string[]) => {
      asked.push([specifier, names]);
      return { default: "D", a: 1, "x-y": 2, specifier };
    },
  });
  expect(result).toMatchObject({
    d: "D",
    b: 1,
    c: 2,
    Plot: { specifier: "npm:@observablehq/plot" },
  });
  expect(asked).toEqual([
    ["npm:@observablehq/plot", []],
    ["d3", ["default", "a", "x-y"]],
    ["e", []],
    expect.objectContaining({ specifier: "npm:@observablehq/plot" }),
    ["late", undefined],
  ]);
  const lines = d.body.split("\n");
  const before = lines.findIndex((line) => line.includes("f(Plot)"));
  expect(lines.findIndex((line) => line.includes("const lazy"))).toBe(before + 4);
  expect((await compile("md", "${await import('npm:d3')}")).inputs).toContain("__import");
  expect((await failure("js", `import a from "x" with {type: "json"}`)).message).toContain(
    "attributes",
  );
});

test("computed attachment names are let through", async () => {
  for (const text of [
    "FileAttachment(name)",
    "FileAttachment /* a */ (\n// b\nname)",
    "(FileAttachment)(name)",
    "FileAttachment?.(name)",
    "FileAttachment(...[name])",
    "FileAttachment('x' + '').constructor && FileAttachment(`${name}`)",
  ]) {
    const d = await compile("js", text);
    const FileAttachment = (x: string): { text: string } => ({ text: x });
    expect(await evaluate(d, { FileAttachment, name: "n" }), text).toEqual({ text: "n" });
  }
});

test("syntax errors say where, in the cell's own lines", async () => {
  expect(await failure("js", "const a = 1;\nconst b = = 2;")).toMatchObject({
    name: "ReadError",
    message: "syntax error: unexpected token",
    details: { line: 2, column: 11 },
  });
  expect((await failure("js", "foo bar")).details).toMatchObject({ line: 1, column: 5 });
  expect((await failure("md", "# Hi\n\n${a +}")).details.line).toBe(3);
  expect((await failure("js", "a = 1")).message).toContain("assignment to external variable 'a'");
  expect((await failure("js", "export const a = 1")).message).toContain("export");
  expect((await failure("js", "return 1")).message).toContain("syntax error");
  expect((await failure("js", "} {")).message).toContain("syntax error");
});

test("cells of other languages compile to a note", async () => {
  for (const mode of ["ojs", "dot", "node", "python", "r"] as const) {
    const d = await compile(mode, "this is (not JavaScript");
    expect(d).toMatchObject({ inputs: ["__keptNote"], autodisplay: true });
    expect(await evaluate(d, { __keptNote: (m: string) => m })).toBe(mode);
  }
});
