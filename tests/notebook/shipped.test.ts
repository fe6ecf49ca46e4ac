// @vitest-environment jsdom
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize } from "@observablehq/notebook-kit";
import { expect, test } from "vitest";
import { compileCell, parseNotebook, serializeNotebook } from "../../src/notebook/index.ts";
import { stripTypes } from "../../src/notebook/strip-types.ts";

const folder = join(import.meta.dirname, "../../notebooks");

test("every notebook that ships is strictly read, compiles, and is written back as it is", async () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
    const text = readFileSync(join(folder, name), "utf8");
    const notebook = parseNotebook(text, { file: name });
    expect(deserialize(text), name).toEqual(notebook);
    expect(serializeNotebook(notebook), name).toBe(text);
    for (const cell of notebook.cells) await compileCell(cell, { stripTypes });
  }
});
