import { expect, test } from "vitest";
import { attachmentNames, newCell, type CellMode } from "../../src/notebook/index.ts";

const namesIn = (...cells: [CellMode, string][]): string[] =>
  attachmentNames({
    title: "",
    theme: "air",
    readOnly: false,
    cells: cells.map(([mode, value], i) => newCell(i + 1, mode, value)),
  });

test("finds literals and plain templates, in order and once", () => {
  expect(
    namesIn(
      ["js", 'const a = FileAttachment("b.csv"), b = f(() => FileAttachment(`a.csv`).text());'],
      ["js", "FileAttachment('b.csv', 2); new FileAttachment('d')"],
      ["md", "Size: ${(await FileAttachment('c.csv')).size} FileAttachment('not.csv')"],
      ["html", "<p>${FileAttachment('e')}"],
      ["sql", "SELECT ${FileAttachment('f')}"],
      ["tex", "${FileAttachment('g')}"],
    ),
  ).toEqual(["b.csv", "a.csv", "d", "c.csv", "e", "f", "g"]);
});

test("reads TypeScript by its tokens", () => {
  expect(
    namesIn([
      "ts",
      "const a: Map<string, number> = x as any; FileAttachment('t.csv').text<string>(); y.FileAttachment('no'); FileAttachment(`u`); FileAttachment(`${v}`); FileAttachment('a' + b)",
    ]),
  ).toEqual(["t.csv", "u"]);
});

test("leaves out computed names, comments, other cells and cells with syntax errors", () => {
  expect(
    namesIn(
      [
        "js",
        "FileAttachment(name); FileAttachment('a' + b); FileAttachment(`${c}`); FileAttachment()",
      ],
      ["js", "// FileAttachment('x')\n'FileAttachment(\"y\")'"],
      ["js", "a.FileAttachment('z')"],
      ["js", "FileAttachment('w') +"],
      ["md", "${FileAttachment('v'}"],
      ["python", "FileAttachment('u')"],
      ["ts", "FileAttachment('t') `x"],
    ),
  ).toEqual([]);
});
