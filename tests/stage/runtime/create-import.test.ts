import { expect, test } from "vitest";
import { createImport } from "../../../src/stage/runtime/create-import.ts";

const load = createImport({
  d3: () => Promise.resolve({ a: 1 }),
  "@observablehq/plot": () => ({ plot: 2 }),
});

test("gives the bundled copy, whatever version and address is asked", async () => {
  for (const specifier of [
    "d3",
    "npm:d3",
    "npm:d3@7.8",
    "npm:d3/+esm",
    "https://cdn.jsdelivr.net/npm/d3@7/+esm",
    "https://esm.sh/d3@7",
  ])
    expect(await load(specifier, ["a"])).toEqual({ a: 1 });
  expect(await load("npm:@observablehq/plot@0.6")).toEqual({ plot: 2 });
  expect(await load("d3", { with: {} })).toEqual({ a: 1 });
});

test("refuses any other module and says why", async () => {
  for (const specifier of [
    "npm:lodash",
    "https://evil.example/d3",
    "npm:d3/dist/x.js",
    "./d3",
    "jsr:d3",
    "toString",
  ])
    await expect(load(specifier)).rejects.toMatchObject({
      message: `can't import ${specifier}: it is not part of this page`,
      details: { help: expect.stringContaining("without a network") },
    });
  await expect(load("d3", ["b"])).rejects.toThrow("d3 has no export of this name: b");
});
