import { expect, test } from "vitest";
import {
  createHistory,
  newCell,
  setTitle,
  setValue,
  type Notebook,
} from "../../src/notebook/index.ts";

const base: Notebook = {
  title: "0",
  theme: "air",
  readOnly: false,
  cells: [newCell(1, "js", ""), newCell(2, "js", "")],
};

test("goes back and forth; a new edit forgets what was undone", () => {
  const history = createHistory(base);
  expect([history.canUndo, history.canRedo, history.undo(), history.redo()]).toEqual([
    false,
    false,
    null,
    null,
  ]);
  for (const title of ["1", "2", "3"]) history.push(setTitle(history.current, title));
  expect([history.undo()?.title, history.undo()?.title]).toEqual(["2", "1"]);
  expect([history.redo()?.title, history.current.title]).toEqual(["2", "2"]);
  history.push(setTitle(history.current, "4"));
  expect([history.canRedo, history.undo()?.title]).toEqual([false, "2"]);
  history.push(history.current);
  expect(history.canRedo).toBe(true);
});

test("typing in one cell is one step until a pause, another cell or another edit", () => {
  const history = createHistory(base);
  const type = (id: number, value: string, at?: number): void =>
    history.push(setValue(history.current, id, value), {
      typing: id,
      ...(at === undefined ? {} : { at }),
    });
  type(1, "a", 0);
  type(1, "ab", 500);
  type(1, "abc", 1400);
  type(1, "abcd", 5000);
  type(2, "x", 5100);
  type(2, "xy", 5200);
  const steps: string[] = [];
  for (let n = history.undo(); n; n = history.undo())
    steps.push(`${n.cells[0].value}/${n.cells[1].value}`);
  expect(steps).toEqual(["abcd/", "abc/", "/"]);
  history.redo();
  type(1, "abcz", 1500);
  expect(history.undo()?.cells[0].value).toBe("abc");
});

test("keeps no more steps than its limit", () => {
  const history = createHistory(base, { limit: 3 });
  for (let i = 1; i <= 10; ++i) history.push(setTitle(history.current, String(i)));
  let last: Notebook | null = null;
  for (let n = history.undo(); n; n = history.undo()) last = n;
  expect(last?.title).toBe("7");
});
