// @vitest-environment jsdom
import { expect, test } from "vitest";
import { EngrailedError, type ErrorDetails } from "../../src/base/errors.ts";
import { maxNotebookBytes, parseNotebook, serializeNotebook } from "../../src/notebook/index.ts";

const cell = (id: string, content = "1", type = "module"): string =>
  `  <script id="${id}" type="${type}">\n    ${content}\n  </script>\n`;
const file = (...cells: string[]): string =>
  `<!doctype html>\n<notebook theme="air">\n  <title>T</title>\n${cells.join("")}</notebook>\n`;

function failure(source: string | Uint8Array): { message: string; details: ErrorDetails } {
  try {
    parseNotebook(source, { file: "a.html" });
  } catch (error) {
    if (!(error instanceof EngrailedError)) throw error;
    expect(error.name).toBe("ReadError");
    expect(error.details.file).toBe("a.html");
    return { message: error.message, details: error.details };
  }
  throw new Error("it was read");
}

test("reads title, theme, flags and cells, from text and from bytes", () => {
  const text = `\ufeff<!doctype html>\r
<notebook theme="light-dark(cotton, ink)" readonly>\r
  <title>A &lt; B</title>\r
  <script id="7" type="text/markdown" pinned="">\r
    # Hello\r
  </script>\r
  <script id="3" type="application/sql" output="t" hidden="">\r
    SELECT 1\r
  </script>\r
</notebook>`;
  const notebook = parseNotebook(text);
  expect(notebook).toEqual({
    title: "A < B",
    theme: { light: "cotton", dark: "ink" },
    readOnly: true,
    cells: [
      { id: 7, mode: "md", value: "# Hello", pinned: true, hidden: false },
      {
        id: 3,
        mode: "sql",
        value: "SELECT 1",
        pinned: false,
        hidden: true,
        output: "t",
        database: "var:db",
      },
    ],
  });
  expect(parseNotebook(new TextEncoder().encode(text))).toEqual(notebook);
});

test("a cell without an id gets the next free one", () => {
  const text = file(
    "  <script type='module'>1</script>\n",
    cell("5"),
    "<script type=module></script>",
  );
  expect(parseNotebook(text).cells.map(({ id }) => id)).toEqual([6, 5, 7]);
});

test("refuses an unknown or missing type and names the cell", () => {
  const { message, details } = failure(file(cell("1"), cell("2", "2", "text/x-julia")));
  expect(message).toBe("cell 2 has an unknown type: text/x-julia");
  expect(details.line).toBe(7);
  expect(failure(file('<script id="4">x</script>')).message).toBe("cell 4 has no type");
  expect(failure(file(cell("1", "1", "text/javascript"))).message).toContain("text/javascript");
});

test("refuses bad and repeated ids", () => {
  for (const id of ["0", "-1", "1.5", "x", "", "1e3", "99999999999999999999"])
    expect(failure(file(cell(id))).message).toBe(`invalid cell id: ${id}`);
  const { message, details } = failure(file(cell("1"), cell("1")));
  expect([message, details.line]).toEqual(["two cells have the same id: 1", 7]);
});

test("refuses what is not a notebook", () => {
  expect(failure("").message).toContain("no <notebook>");
  expect(failure("gene_id,a,b\n").message).toContain("no <notebook>");
  expect(failure("<p>Hello</p>").message).toContain("no <notebook>");
  expect(failure("<!-- <notebook></notebook> -->").message).toContain("no <notebook>");
  expect(failure(file() + file()).message).toContain("more than one <notebook>");
});

test("refuses bytes that are not text", () => {
  expect(failure(new Uint8Array([0x3c, 0xff, 0xfe])).message).toContain("not a text file");
  const { message, details } = failure(file(cell("1", "a\0b")));
  expect([message, details.line]).toEqual(["not a text file: it holds NUL bytes", 5]);
  expect(failure("x".repeat(maxNotebookBytes + 1)).message).toBe("notebook too large: 20.0 MB");
});

test("a whole file is refused when it is cut off anywhere", () => {
  const whole = file(cell("1", "a < b"), cell("2", '"</p>"'), cell("3"));
  expect(parseNotebook(whole).cells).toHaveLength(3);
  for (let n = 0; n < whole.length - "</notebook>\n".length + "</notebook".length; ++n)
    expect(() => parseNotebook(whole.slice(0, n)), `cut at ${n}`).toThrow(EngrailedError);
  const { message, details } = failure(whole.slice(0, whole.indexOf('"</p>"')));
  expect(message).toBe("file cut off: a cell is not closed");
  expect(details.line).toBe(7);
});

test("notices a cell that swallows those after it", () => {
  const swallow = cell("1", "x = '<!-- <script>'");
  for (const text of [
    file(swallow),
    file(swallow, cell("2")),
    file(swallow, cell("2", "-->"), cell("3")),
  ]) {
    const { message, details } = failure(text);
    expect(message).toContain("a cell swallows the cells after it");
    expect(details.line).toBe(5);
    expect(details.help).toContain("<\\!--");
  }
  const closed = file(cell("1", "<!-- <script>x</script> -->", "text/html"), cell("2"));
  expect(parseNotebook(closed).cells[0].value).toBe("<!-- <script>x</script> -->");
});

test("what stands beside the cells is refused, or reported when asked", () => {
  const text = file("  <!-- by hand -->\n", cell("1"), "  <p>hello</p>\n");
  expect(failure(text).message).toBe("a comment beside the cells: by hand");
  const notes: [string, number][] = [];
  const notebook = parseNotebook(text, { onNote: (...note) => notes.push(note) });
  expect(notebook.cells).toHaveLength(1);
  expect(notes).toEqual([
    ["a comment beside the cells: by hand", 4],
    ["<p> beside the cells: hello", 8],
  ]);
  expect(failure(`${file()}<script>1</script>`).message).toContain("<script> beside the cells");
  expect(parseNotebook(`<meta charset="utf-8">${file(cell("1"))}`).cells).toHaveLength(1);
});

test("cells hidden from one of two readers are refused", () => {
  expect(() => parseNotebook(file(`<template>${cell("1")}</template>`), { onNote() {} })).toThrow(
    "can't be told apart",
  );
});

test("never throws anything but a ReadError on damaged files", () => {
  const whole = serializeNotebook(parseNotebook(file(cell("1"), cell("2", "<!-- a -->"))));
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 400; ++i) {
    const at = random(whole.length);
    const junk = ["<", ">", '"', "<!--", "</script>", "<script ", "\0", "'"][random(8)];
    const text = whole.slice(0, at) + junk + whole.slice(at + random(4));
    try {
      parseNotebook(text, { onNote() {} });
    } catch (error) {
      expect(error).toBeInstanceOf(EngrailedError);
    }
  }
});
