import * as fc from "fast-check";
import type { Cell, CellMode, Notebook } from "../../src/notebook/index.ts";

const modes: CellMode[] = [
  "js",
  "ts",
  "md",
  "html",
  "sql",
  "tex",
  "ojs",
  "dot",
  "node",
  "python",
  "r",
];

/** Pieces that have broken notebook files, mixed with plain ones. */
const pieces = fc.constantFrom(
  "<!--",
  "-->",
  "--",
  "<script",
  "<script>",
  "<SCRIPT src=x>",
  "</script",
  "</script>",
  "</script >",
  "</script/",
  "</SCRIPT/>",
  "<\\/script>",
  "<\\\\/script ",
  "<\\!--",
  "</notebook>",
  "<notebook>",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "    ",
  "  \n",
  "\t",
  " ",
  "\u00a0",
  "\f",
  "`",
  "${x}",
  "\\",
  "'",
  '"',
  "// ",
  "&amp;",
  "&",
  "é🧬",
  "\ud800",
  "\ufeff",
  "\u2028",
  "const a = 1;",
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const name = fc.option(fc.stringMatching(/^[a-z_$][\w$]{0,5}$/), { nil: undefined });

function cell(id: number): fc.Arbitrary<Cell> {
  return fc
    .record({
      mode: fc.constantFrom(...modes),
      value: text,
      pinned: fc.boolean(),
      hidden: fc.boolean(),
      output: fc.oneof(name, text),
      database: fc.constantFrom(undefined, "var:db", "var:other", 'a "b" <c> & d'),
      format: fc.constantFrom(undefined, "json", "csv", "buffer", "arrow"),
    })
    .map(({ output, database, format, ...rest }) => ({
      id,
      ...rest,
      ...(output ? { output } : {}),
      ...(database ? { database } : {}),
      ...(format ? { format } : {}),
    }));
}

/** Notebooks of up to six cells, with everything in them that a file can hardly bear. */
export const arbitraryNotebook: fc.Arbitrary<Notebook> = fc
  .record({
    title: fc.oneof(text, fc.constant("Genes & samples <2>"), fc.constant("</title>")),
    theme: fc.constantFrom("air", "ink", { light: "cotton", dark: "near-midnight" }),
    readOnly: fc.boolean(),
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { maxLength: 6 }),
  })
  .chain(({ ids, ...rest }) =>
    fc.tuple(...ids.map(cell)).map((cells) => ({ ...rest, cells: cells as Cell[] })),
  );
