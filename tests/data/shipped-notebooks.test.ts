// @vitest-environment jsdom
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { transpile } from "@observablehq/notebook-kit";
import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../src/notebook/parse-notebook.ts";
import { serializeNotebook } from "../../src/notebook/serialize-notebook.ts";
import type { EnginePort } from "../../src/stage/data/engine-port.ts";
import { createStdlib } from "../../src/stage/stdlib/index.ts";

interface Entry {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly records: number;
  readonly bytes: number;
}

const root = process.cwd();
const builtins = new Set([
  "display",
  "view",
  "invalidation",
  "visibility",
  ...Object.keys(
    createStdlib({
      engine: {} as EnginePort,
      files: { current: new Map(), onChange: () => () => undefined },
      root: document.body,
    }),
  ),
]);
const index = JSON.parse(readFileSync(join(root, "notebooks/index.json"), "utf8")) as Entry[];
const records: Record<string, number> = {
  "data/agreement/g85r.csv.gz": 0,
  "data/agreement/g86r.csv.gz": 0,
  "data/agreement/marioni.csv.gz": 0,
  "data/als/mouse.arrow.gz": 21277 * 104,
  "data/als/g37r.arrow.gz": 18200 * 10,
  "data/als/g85r.arrow.gz": 14600 * 12,
  "data/als/g86r.arrow.gz": 11900 * 12,
  "data/als/human.arrow.gz": 14400 * 115,
  "data/als/orthologs.csv": 0,
  "data/als/truth.csv.gz": 0,
  "data/als/truth-samples.csv": 0,
  "data/hsmm/hsmm.arrow.gz": 47192 * 271,
  "data/marioni/marioni.arrow.gz": 5088 * 10,
  "data/marioni/counts.csv": 5088 * 10,
  "data/marioni/samples.csv": 0,
};

function recordsOf(file: string): number {
  if (file in records) return records[file];
  throw new Error(`say in this test how many records it holds: ${file}`);
}

test("the index names every notebook once", () => {
  const files = readdirSync(join(root, "notebooks"), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".html"));
  expect(index.map((entry) => entry.path).toSorted()).toEqual(
    files.map((name) => `notebooks/${name}`).toSorted(),
  );
});

describe.each(index)("$path", (entry) => {
  const text = readFileSync(join(root, entry.path), "utf8");
  const notebook = parseNotebook(text, { file: entry.path });

  test("bears its title and is written as saving would write it", () => {
    expect(notebook.title).toBe(entry.title);
    expect(serializeNotebook(notebook)).toBe(text);
  });

  test("reads only files that are there, and the index says how much", () => {
    const literals = [...text.matchAll(/FileAttachment\("([^"]*)"\)/g)].map((match) => match[1]);
    const files = [...new Set(literals)].map((name) => join(dirname(entry.path), name));
    const bytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect({ bytes: entry.bytes, records: entry.records }).toEqual({
      bytes,
      records: files.reduce((sum, file) => sum + recordsOf(file), 0),
    });
  });

  test("compiles, defines each name once, and uses none that nobody defines", () => {
    const cells = notebook.cells.map((cell) => transpile({ ...cell, format: undefined } as never));
    const defined = cells.flatMap((cell) => [
      ...(cell.outputs ?? []),
      ...(cell.output ? [cell.output.replace(/^viewof\$/, "")] : []),
    ]);
    expect(new Set(defined).size).toBe(defined.length);
    const used = new Set(cells.flatMap((cell) => cell.inputs ?? []));
    const unknown = [...used].filter((name) => !defined.includes(name) && !builtins.has(name));
    expect(unknown).toEqual([]);
  });
});

test("the manual's page of names has every name that cells see, and uses each", () => {
  const text = readFileSync(join(root, "notebooks/manual/api.html"), "utf8");
  const code = [
    ...text.matchAll(/<script id="\d+" type="(?!text\/markdown)[^>]*>([^]*?)<\/script>/g),
  ]
    .map((match) => match[1])
    .join("\n");
  const names = [...builtins].filter((name) => !name.startsWith("__"));
  expect(names.filter((name) => !text.includes(`### \`${name}\``))).toEqual([]);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});
