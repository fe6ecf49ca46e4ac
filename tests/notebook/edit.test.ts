import { expect, test } from "vitest";
import {
  deleteCell,
  insertCell,
  mergeCells,
  moveCell,
  newCell,
  nextCellId,
  outline,
  outputsOf,
  setDatabase,
  setHidden,
  setMode,
  setOutput,
  setPinned,
  setTitle,
  setValue,
  splitCell,
  titleOf,
  type Notebook,
} from "../../src/notebook/index.ts";

const base: Notebook = {
  title: "T",
  theme: "air",
  readOnly: false,
  cells: [newCell(4, "md", "# A"), newCell(2, "js", "a\n\nb"), newCell(9, "js", "c")],
};
const ids = (notebook: Notebook): number[] => notebook.cells.map(({ id }) => id);
const values = (notebook: Notebook): string[] => notebook.cells.map(({ value }) => value);

test("cells are inserted, deleted and moved; ids stay and new ones are the largest plus one", () => {
  expect(nextCellId(base)).toBe(10);
  expect(ids(insertCell(base, 1, { mode: "sql", id: 2 }))).toEqual([4, 10, 2, 9]);
  expect(insertCell(base, 99, { mode: "sql" }).cells[3]).toMatchObject({
    database: "var:db",
    id: 10,
  });
  expect(ids(deleteCell(base, 2))).toEqual([4, 9]);
  expect(ids(moveCell(base, 4, 2))).toEqual([2, 9, 4]);
  expect(ids(moveCell(base, 9, -5))).toEqual([9, 4, 2]);
  expect(moveCell(base, 4, 0)).toBe(base);
  expect(() => deleteCell(base, 77)).toThrow("no such cell: 77");
  expect(ids(base)).toEqual([4, 2, 9]);
});

test("a cell is split at a place and merged again", () => {
  const split = splitCell(setOutput(base, 2, "x"), 2, 2);
  expect([ids(split), values(split)]).toEqual([
    [4, 2, 10, 9],
    ["# A", "a", "b", "c"],
  ]);
  expect(split.cells[1].output).toBe("x");
  expect(split.cells[2]).not.toHaveProperty("output");
  const merged = mergeCells(split, 2, 10);
  expect(merged.cells[1]).toMatchObject({ id: 2, value: "a\nb", output: "x" });
  expect(values(splitCell(base, 9, 0))).toEqual(["# A", "a\n\nb", "", "c"]);
  expect(() => splitCell(base, 9, 2)).toThrow("can't split cell 9 at 2");
  expect(() => mergeCells(base, 4, 2)).toThrow("can't merge a md cell with a js cell");
  const named = setOutput(setOutput(base, 2, "x"), 9, "y");
  expect(() => mergeCells(named, 2, 9)).toThrow("two output names: x, y");
});

test("a cell's properties are set; nothing changed is the same notebook", () => {
  expect(setValue(base, 2, "a\n\nb")).toBe(base);
  expect(values(setValue(base, 2, "z"))[1]).toBe("z");
  expect(setPinned(base, 2, false).cells[1].pinned).toBe(false);
  expect(setHidden(base, 2, true).cells[1].hidden).toBe(true);
  expect(setTitle(base, "U").title).toBe("U");
  expect(setOutput(base, 4, " ünî ").cells[0].output).toBe("ünî");
  expect(setOutput(setOutput(base, 4, "x"), 4, "").cells[0]).toEqual(base.cells[0]);
  expect(() => setOutput(base, 4, "1x")).toThrow("invalid output name: 1x");
  const sql = setMode(base, 2, "sql");
  expect(sql.cells[1]).toMatchObject({ mode: "sql", database: "var:db", pinned: true });
  expect(setDatabase(sql, 2, "var:other").cells[1].database).toBe("var:other");
  const md = setMode(sql, 2, "md").cells[1];
  expect(md).toMatchObject({ mode: "md", pinned: false, value: "a\n\nb" });
  expect(md).not.toHaveProperty("database");
});

test("the outline has the headings of Markdown and HTML, without marks and code", () => {
  const notebook: Notebook = {
    ...base,
    title: "Untitled",
    cells: [
      newCell(
        1,
        "md",
        "text\n\n## A **bold** `x` [link](u) ${n} #\n\n```\n# no\n```\n\nUnder\n===\n\n- a\n---\n#no\n",
      ),
      newCell(
        2,
        "html",
        "<h1 class=a>One &amp; <i>two</i></h1><!-- <h2>no</h2> --><h3>\nThree</h3>",
      ),
      newCell(3, "js", "// # no"),
      newCell(4, "md", "~~~\n# no\n"),
    ],
  };
  expect(outline(notebook)).toEqual([
    { level: 2, text: "A bold x link …", cellId: 1 },
    { level: 1, text: "Under", cellId: 1 },
    { level: 1, text: "One & two", cellId: 2 },
    { level: 3, text: "Three", cellId: 2 },
  ]);
  expect(titleOf(notebook)).toBe("A bold x link …");
  expect(titleOf(base)).toBe("T");
  expect(titleOf({ ...base, title: "", cells: [] })).toBe("Untitled");
});

test("a cell's names are its declarations or its output", () => {
  const names = (mode: "js" | "ts" | "md", value: string, output?: string): string[] =>
    outputsOf({ ...newCell(1, mode, value), ...(output ? { output } : {}) });
  expect(
    names("js", "const {a, b: [c, ...d], e = 1} = x; let f; function g() {} class H {}"),
  ).toEqual([..."acdefg", "H"]);
  expect(names("js", "import x, {y as z} from 'q'")).toEqual(["x", "z"]);
  expect(names("js", "a + b")).toEqual([]);
  expect(names("js", "const a = ;\nasync function b() {")).toEqual(["a", "b"]);
  expect(names("ts", "const a: number = 1;\n  const b = 2")).toEqual(["a"]);
  expect(names("md", "# x", "out")).toEqual(["out"]);
});
