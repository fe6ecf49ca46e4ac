// @vitest-environment jsdom
import { deserialize, serialize, type Notebook as KitNotebook } from "@observablehq/notebook-kit";
import { assert, property } from "fast-check";
import { expect, test } from "vitest";
import {
  newCell,
  normalizeNotebook,
  parseNotebook,
  serializeNotebook,
  type CellMode,
  type Notebook,
} from "../../src/notebook/index.ts";
import { arbitraryNotebook } from "./arbitrary-notebook.ts";

function notebookOf(...cells: [CellMode, string][]): Notebook {
  return {
    title: "Test",
    theme: "air",
    readOnly: false,
    cells: cells.map(([mode, value], i) => newCell(i + 1, mode, value)),
  };
}

/** What comes back through our parser; Notebook Kit's must agree. */
function reread(notebook: Notebook): Notebook {
  const text = serializeNotebook(notebook);
  const parsed = parseNotebook(text);
  expect(deserialize(text)).toEqual(parsed);
  expect(serializeNotebook(parsed)).toBe(text);
  return parsed;
}

const valueOf = (mode: CellMode, value: string): string =>
  reread(notebookOf([mode, value], ["js", "after"])).cells[0].value;

test("what is written is read back equal, by Notebook Kit too, and saving twice gives the same bytes", () => {
  assert(
    property(arbitraryNotebook, (notebook) => {
      const normal = normalizeNotebook(notebook);
      expect(normalizeNotebook(normal)).toEqual(normal);
      expect(reread(notebook)).toEqual(normal);
    }),
    { seed: 20260101, numRuns: 1500 },
  );
});

test("ordinary notebooks are written byte for byte as Notebook Kit writes them", () => {
  const notebook = notebookOf(
    ["md", "# Title & <b>more</b>\n\n- a\n\n- b 🧬"],
    ["js", "const a = 1;\n\nif (a) {\n  display(a);\n}\n"],
    ["html", "<!-- note --><p>x</p>"],
    ["sql", "SELECT 1"],
    ["tex", "\\frac{1}{2}"],
    ["ts", "const b: number = 2"],
    ["python", "print(1)"],
    ["js", ""],
    ["js", 'document.write("<script>1</script>")'],
  );
  const hidden = { ...notebook.cells[1], id: 40, hidden: true, output: "x" };
  const all = {
    ...notebook,
    title: "A < B & C",
    readOnly: true,
    cells: [...notebook.cells, hidden],
  };
  expect(serializeNotebook(all)).toBe(serialize(all as KitNotebook));
});

test("whitespace in a cell stays, but for line ends and lines of only spaces", () => {
  expect(valueOf("js", "\n\na\n\n")).toBe("\n\na\n\n");
  expect(valueOf("js", "      a\n\tb\n  c  ")).toBe("      a\n\tb\n  c  ");
  expect(valueOf("js", "a\r\nb\rc")).toBe("a\nb\nc");
  expect(valueOf("js", "a\n   \nb")).toBe("a\n\nb");
  expect(valueOf("js", "")).toBe("");
  expect(valueOf("js", "\n")).toBe("\n");
});

test("end tags of scripts stand in text of every kind", () => {
  for (const mode of ["js", "md", "html", "sql", "tex", "python"] as const)
    for (const value of ["'</script>'", "a </script", "<\\/script> <\\\\/script>", "</SCRIPT\n>"])
      expect(valueOf(mode, value)).toBe(value);
});

test("an end tag with a slash is written so that it means the same", () => {
  expect(valueOf("js", "'</script/>'")).toBe("'<\\/script/>'");
  expect(valueOf("html", "<b></script/>")).toBe("<b></script />");
});

test("comments stay as they are where they swallow nothing", () => {
  for (const value of [
    "<!-- a -->",
    "<!-- a",
    "<!-- <script -->",
    "'<script>' <!-- b",
    "<!--><script>",
  ])
    for (const mode of ["js", "md", "html", "sql"] as const)
      expect(valueOf(mode, value)).toBe(value);
});

test("a comment that would swallow the next cells is made harmless in the way of its language", () => {
  const hazard = "<!-- <script>";
  expect(valueOf("js", `s = "${hazard}"`)).toBe(`s = "<\\!-- <script>"`);
  expect(valueOf("js", `// ${hazard}\n1`)).toBe(`// <\\!-- <script>\n1`);
  expect(valueOf("js", `String.raw\`${hazard}\``)).toBe(`String.raw\`${hazard}\`\n// -->`);
  expect(valueOf("js", `/${hazard}/u`)).toBe(`/${hazard}/u\n// -->`);
  expect(valueOf("ts", `const s: string = "${hazard}"`)).toBe(
    `const s: string = "<\\!-- <script>"`,
  );
  expect(valueOf("sql", `SELECT '${hazard}'`)).toBe(`SELECT '${hazard}'\n-- -->`);
  expect(valueOf("tex", hazard)).toBe(`${hazard}\n% -->`);
  expect(valueOf("md", `\`\`\`\n${hazard}\n\`\`\``)).toBe(`\`\`\`\n${hazard}\n\`\`\`\n\n<!-- -->`);
  expect(valueOf("html", hazard)).toBe(`${hazard}\n<!-- -->`);
  expect(valueOf("python", `'${hazard}'`)).toBe(`'${hazard}'\n# -->`);
});

test("attributes that the format does not define are kept", () => {
  const text = `<!doctype html>
<notebook theme="air" lang="en">
  <title>T</title>
  <script id="1" type="module" pinned="" since="2024-01-01" data-x="a &amp; &quot;b&quot;">
    1
  </script>
  <script id="2" type="module" database="var:x" format="json">
    2
  </script>
  <script id="3" type="text/x-python" format="odd">
    3
  </script>
  <script id="4" type="text/x-r" format="svg">
    4
  </script>
</notebook>
`;
  const notebook = parseNotebook(text);
  expect(notebook.other).toEqual({ lang: "en" });
  expect(notebook.cells[0].other).toEqual({ since: "2024-01-01", "data-x": 'a & "b"' });
  expect(notebook.cells[1].other).toEqual({ database: "var:x", format: "json" });
  expect(notebook.cells[3].format).toBe("svg");
  expect(serializeNotebook(notebook)).toBe(text);
});
