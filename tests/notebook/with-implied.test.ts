import { expect, it } from "vitest";
import { withImplied } from "../../src/notebook/with-implied.ts";
import type { Definition } from "../../src/notebook/types.ts";

const cell = (inputs: string[], outputs: string[] = []): Definition => ({
  id: 1,
  body: "",
  inputs,
  outputs,
  autodisplay: false,
});
const none = () => false;

it("asks for db where a cell uses vg", () => {
  expect(withImplied(cell(["a", "vg"]), none).inputs).toEqual(["a", "vg", "db"]);
  expect(withImplied(cell(["db", "vg"]), none).inputs).toEqual(["db", "vg"]);
  expect(withImplied(cell(["a"]), none).inputs).toEqual(["a"]);
});

it("leaves alone a notebook's own vg, and the cell that makes db", () => {
  expect(withImplied(cell(["vg"]), (name) => name === "vg").inputs).toEqual(["vg"]);
  expect(withImplied(cell(["vg"], ["db"]), none).inputs).toEqual(["vg"]);
});
