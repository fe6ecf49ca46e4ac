// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { queryError } from "../../../src/base/errors.ts";
import { testNotebook, until, type TestNotebook } from "./run-cells.ts";

let open: TestNotebook[] = [];
function notebook(...args: Parameters<typeof testNotebook>): TestNotebook {
  const made = testNotebook(...args);
  open.push(made);
  return made;
}
afterEach(() => {
  for (const { runtime } of open) runtime.dispose();
  open = [];
  document.body.replaceChildren();
});

test("cells run in the order of their names, and again when an input changes", async () => {
  const n = notebook();
  await n.run({ 1: "c * 2", 2: "const c = b + 1", 3: "const b = 1" });
  await n.settled();
  expect(n.text(1)).toBe("4");
  await n.run({ 3: "const b = 10" });
  await until(() => expect(n.text(1)).toBe("22"));
  expect(n.states[1]).toEqual(["pending", "fulfilled", "stale", "pending", "fulfilled"]);
});

test("all cells of an opening notebook are one module; one that can't be imported fails alone", async () => {
  const texts: string[] = [];
  const n = notebook({}, {});
  const { importText } = await import("./run-cells.ts");
  const counted = notebook(
    {},
    {
      importModule(text) {
        texts.push(text);
        return importText(text);
      },
    },
  );
  await counted.run({ 1: "1", 2: "2", 3: "3" });
  await counted.settled();
  expect(texts).toHaveLength(1);
  await n.runtime.define([
    {
      id: 1,
      root: n.root(1),
      definition: { id: 1, body: "() => {", inputs: [], outputs: ["x"], autodisplay: true },
    },
    {
      id: 2,
      root: n.root(2),
      definition: { id: 2, body: "() => 5", inputs: [], outputs: [], autodisplay: true },
    },
    {
      id: 3,
      root: n.root(3),
      definition: { id: 3, body: "(x) => x", inputs: ["x"], outputs: [], autodisplay: true },
    },
  ]);
  const outcomes = await n.settled();
  expect(outcomes.map(({ state }) => state)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(n.status(3).cause).toEqual({ id: 1, name: "x" });
});

test("expressions are displayed, statements are not; display adds, and a new run clears", async () => {
  const n = notebook();
  await n.run({
    1: "1 + 1",
    2: "const x = 5;",
    3: "display(1); display('two'); display(a)",
    4: "const a = 3",
  });
  await n.settled();
  expect([n.text(1), n.text(2), n.text(3)]).toEqual(["2", "", '1"two"3']);
  await n.run({ 4: "const a = 4" });
  await until(() => expect(n.text(3)).toBe('1"two"4'));
  await n.run({ 3: "const quiet = a" });
  await until(() => expect(n.text(3)).toBe(""));
});

test("elements are displayed as they are; hidden cells display nothing", async () => {
  const n = notebook();
  await n.run({
    1: "Object.assign(document.createElement('b'), {textContent: 'bold'})",
    2: { value: "1 + 1", hidden: true },
    3: "const f = document.createDocumentFragment(); f.append('a', 'b'); display(f)",
  });
  await n.settled();
  expect(n.root(1).innerHTML).toBe("<b>bold</b>");
  expect(n.text(2)).toBe("");
  expect(n.root(3).innerHTML).toBe("ab");
});

test("promises are awaited by name, and a cell is pending until its outputs are there", async () => {
  const n = notebook();
  await n.run({ 1: "const p = new Promise((resolve) => setTimeout(resolve, 30, 7))", 2: "p + 1" });
  await until(() => expect(n.states[1]).toContain("pending"));
  expect(n.status(1).state).toBe("pending");
  expect(n.status(2).state).toBe("idle");
  await n.settled();
  expect(n.text(2)).toBe("8");
  expect(n.status(1).ms).toBeGreaterThan(20);
  expect(n.states[1]).toEqual(["pending", "fulfilled"]);
});

test("generators give their values one after another", async () => {
  const n = notebook();
  await n.run({
    1: "const i = (function* () { for (let i = 0; i < 4; ++i) yield i; })()",
    2: "display(i)",
  });
  await until(() => expect(n.text(2)).toBe("3"));
  await n.run({
    3: { value: "(async function* () { yield 'a'; await 0; yield 'b'; })()", output: "s" },
    4: "s",
  });
  await until(() => expect([n.text(3), n.text(4)]).toEqual(['"b"', '"b"']));
});

test("view displays an input and gives its value; a new value runs those that use it", async () => {
  const n = notebook();
  await n.run({
    1: "const x = view(Object.assign(document.createElement('input'), {type: 'range', value: 20}))",
    2: "x * 2",
  });
  await n.settled();
  expect(n.text(2)).toBe("40");
  const input = n.root(1).querySelector("input")!;
  input.value = "30";
  input.dispatchEvent(new Event("input"));
  await until(() => expect(n.text(2)).toBe("60"));
  expect(n.root(1).querySelector("input")).toBe(input);
});

test("an input without a value yet leaves its own cell settled", async () => {
  const n = notebook();
  await n.run({
    1: "const file = view(Object.assign(document.createElement('input'), {type: 'file'}))",
    2: "file",
  });
  const outcomes = await n.settled(100);
  expect(outcomes.map(({ state }) => state)).toEqual(["fulfilled", "pending"]);
});

test("a Mutable is changed by its own cell and seen by others", async () => {
  const n = notebook();
  await n.run({
    1: "const m = Mutable(1); const add = () => ++m.value;",
    2: "m * 10",
    3: "const go = add",
  });
  await n.settled();
  expect(n.text(2)).toBe("10");
  ((await n.runtime.valueOf("go")) as () => void)();
  await until(() => expect(n.text(2)).toBe("20"));
});

test("invalidation resolves when the run is over, beside visibility too", async () => {
  const ended: string[] = [];
  const n = notebook({ ended: () => (text: string) => ended.push(text) });
  await n.run({
    1: "visibility; invalidation.then(() => ended('a' + v)); display(v)",
    2: "const v = 1",
  });
  await n.settled();
  await n.run({ 2: "const v = 2" });
  await until(() => expect(n.text(1)).toBe("2"));
  expect(ended).toEqual(["a1"]);
  n.runtime.undefine(1);
  await until(() => expect(ended).toEqual(["a1", "a2"]));
  expect(n.text(1)).toBe("");
});

test("a run that is over displays nothing more", async () => {
  const n = notebook();
  await n.run({
    1: "const mine = k; display('start ' + mine); await new Promise((r) => setTimeout(r, mine === 1 ? 60 : 5)); display('end ' + mine)",
    2: "const k = 1",
  });
  await until(() => expect(n.text(1)).toBe('"start 1"'));
  await n.run({ 2: "const k = 2" });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(n.text(1)).toBe('"start 2""end 2"');
});

test("a cell that never ends is replaced at once", async () => {
  const n = notebook();
  await n.run({
    1: "const x = await new Promise(() => {})",
    2: "x",
    3: "const y = new Promise(() => {})",
    4: "y",
  });
  await until(() => expect(n.status(1).state).toBe("pending"));
  await n.run({ 1: "const x = 1", 3: "const y = 2" });
  await until(() => expect([n.text(2), n.text(4)]).toEqual(["1", "2"]));
  await n.run({ 5: "(async function* () { await new Promise(() => {}); yield 1; })()" });
  await n.run({ 5: "'done'" });
  await until(() => expect(n.text(5)).toBe('"done"'));
});

test("an error is shown in its cell, and dependents name what failed first", async () => {
  const n = notebook();
  await n.run({
    1: "const a = (() => { throw new TypeError('bad thing'); })()",
    2: "const b = a + 1",
    3: "b + 1",
  });
  const outcomes = await n.settled();
  expect(outcomes.map(({ error }) => error)).toEqual([
    "bad thing",
    "waits on a, which failed: bad thing",
    "waits on b, which failed: bad thing",
  ]);
  expect(n.root(1).querySelector(".cell-error")?.textContent).toContain("TypeError: bad thing");
  expect(n.status(1).dependsOnFailed).toBeUndefined();
  expect(n.status(3)).toMatchObject({ dependsOnFailed: "b", cause: { id: 1, name: "a" } });
  await n.run({ 1: "const a = 1" });
  await until(() => expect(n.text(3)).toBe("3"));
});

test("a rejected output is its cell's error, and what the cell displayed stays", async () => {
  const n = notebook();
  await n.run({
    1: "display('before'); const q = Promise.reject(new Error('no')); q.catch(() => {});",
    2: "q",
  });
  await n.settled();
  expect(n.status(1).state).toBe("rejected");
  expect(n.text(1)).toBe('"before"Error: noline 1 of this cell');
  expect(n.status(2).dependsOnFailed).toBe("q");
  await n.run({ 1: "const q = 3" });
  await until(() => expect([n.text(1), n.text(2)]).toEqual(["", "3"]));
});

test("an error tells its line in the cell, wherever the cell stands in its module", async () => {
  const n = notebook({
    fail: () => () => {
      throw new RangeError("deep");
    },
    md: () => () => "md",
  });
  await n.run({
    1: "\n\nconst a = 1;\nfunction f() {\n  null.x;\n}\nf();",
    2: "[\n  1,\n  fail(),\n]",
    3: { mode: "ts", value: "interface A {\n  a: 1\n}\nconst b = fail();" },
    4: { mode: "md", value: "# a\n\n${fail()}" },
    5: "const later = (async () => {\n  await 0;\n  fail();\n})()",
  });
  await n.settled();
  expect([1, 2, 3, 4, 5].map((id) => n.status(id).line)).toEqual([5, 3, 4, 3, 3]);
  expect(n.text(2)).toContain("line 3 of this cell");
});

test("errors with fields show help, place and query", async () => {
  const n = notebook({
    ask: () => () => {
      throw queryError("no such table: x", {
        help: "Make it.",
        sql: "SELECT * FROM x",
        line: 2,
        file: "f.csv",
      });
    },
  });
  await n.run({ 1: "ask()" });
  expect(n.status(1).line).toBeUndefined();
  await n.settled();
  const text = n.text(1);
  for (const part of [
    "The query failed",
    "no such table: x",
    "f.csv, line 2",
    "Make it.",
    "SELECT * FROM x",
  ])
    expect(text).toContain(part);
});

test("an unknown name is said to be unknown, with the nearest one", async () => {
  const n = notebook();
  await n.run({ 1: "const counts = 1", 2: "count + 1", 3: "name" });
  await n.settled();
  expect(n.status(2).error).toMatchObject({
    message: "count is not defined",
    details: { help: "Did you mean counts?" },
  });
  expect(n.status(3).error).toMatchObject({ message: "name is not defined" });
  expect(n.status(2).dependsOnFailed).toBeUndefined();
});

test("a name defined twice is an error in both cells until one is renamed", async () => {
  const n = notebook();
  await n.run({ 1: "const a = 1", 2: "const a = 2", 3: "a" });
  await n.settled();
  expect([1, 2, 3].map((id) => n.status(id).state)).toEqual(["rejected", "rejected", "rejected"]);
  expect(n.status(1).error).toMatchObject({
    message: "a is defined more than once",
    details: { help: "Rename it in one of these cells: 1, 2." },
  });
  await n.run({ 2: "const b = 2" });
  await until(() => expect(n.text(3)).toBe("1"));
  expect(n.status(1).state).toBe("fulfilled");
  expect(n.text(1)).toBe("");
});

test("circular cells say so", async () => {
  const n = notebook();
  await n.run({ 1: "const a = b", 2: "const b = a", 3: "1" });
  await n.settled();
  expect(n.status(1).error).toMatchObject({ message: expect.stringContaining("circular") });
  expect(n.status(3).state).toBe("fulfilled");
});

test("a cell that does not compile shows the place; its names fail for others", async () => {
  const n = notebook();
  await n.run({ 1: "const a = 1", 2: "a" });
  await n.settled();
  await n.run({ 1: "const a =\n  1 +* 2" });
  await until(() => expect(n.status(2).state).toBe("rejected"));
  expect(n.text(1)).toContain("line 2, column 6");
  expect(n.status(2)).toMatchObject({ dependsOnFailed: "a", cause: { id: 1, name: "a" } });
  await expect(n.runtime.valueOf("a")).rejects.toThrow("syntax error");
  await n.run({ 3: "const a = 5" });
  await until(() => expect(n.text(2)).toBe("5"));
  n.runtime.undefine(3);
  await until(() => expect(n.status(2).dependsOnFailed).toBe("a"));
});

test("values with a bind method are bound to each run: its signal stops the call, its progress is the cell's", async () => {
  const signals: AbortSignal[] = [];
  const work = {
    [Symbol.for("engrailed.bind")]: (context: {
      cellId: number;
      signal: AbortSignal;
      onProgress(p: unknown): void;
    }) => {
      return (x: number) => {
        signals.push(context.signal);
        context.onProgress({ label: "working", done: x, total: 2 });
        return `${context.cellId}:${x}`;
      };
    },
  };
  const n = notebook({ work: () => work });
  await n.run({ 7: "const y = work(z)", 8: "y", 9: "const z = 1" });
  await n.settled();
  expect(n.text(8)).toBe('"7:1"');
  expect(n.progress).toContainEqual([7, { label: "working", done: 1, total: 2 }]);
  expect(n.progress.filter(([id]) => id === 7).at(-1)).toEqual([7, null]);
  expect(signals[0].aborted).toBe(false);
  await n.run({ 9: "const z = 2" });
  await until(() => expect(n.text(8)).toBe('"7:2"'));
  expect(signals.map((s) => s.aborted)).toEqual([true, false]);
  n.runtime.undefine(7);
  await until(() => expect(signals[1].aborted).toBe(true));
});

test("a flood of output is cut, and an endless one ends in an error", async () => {
  const n = notebook();
  await n.run({
    1: "for (let i = 0; i < 5000; ++i) display(i)",
    2: "for (;;) display(1)",
    3: "display('x'.repeat(100)); for (let i = 0; i < 10; ++i) display(document.createTextNode('y'.repeat(1e6)))",
    4: "'z'.repeat(1e6)",
    5: "new Array(3e8)",
  });
  await n.settled(10_000);
  expect(n.root(1).childNodes).toHaveLength(1001);
  expect(n.text(1)).toContain("Output cut here: more than 1,000 values");
  expect(n.status(2).error).toMatchObject({ message: expect.stringContaining("too much output") });
  expect(n.text(3)).toContain("Output cut here");
  expect(n.text(3).length).toBeLessThan(4.1e6);
  expect(n.text(4).length).toBeLessThan(11_000);
  n.root(4).querySelector("button")!.click();
  expect(n.text(4).length).toBeGreaterThan(20_000);
  expect(n.text(5)).toContain("mostly empty");
});

test("a value can be shown in the caller's way, and a cell that does not run here says so", async () => {
  const n = notebook(
    {},
    {
      inspectValue: (value) =>
        value instanceof Map
          ? Object.assign(document.createElement("table"), { title: "map" })
          : null,
    },
  );
  await n.run({ 1: "new Map()", 2: { mode: "python", value: "print(1)" }, 3: "[1, {a: 2}]" });
  await n.settled();
  expect(n.root(1).innerHTML).toBe('<table title="map"></table>');
  expect(n.text(2)).toBe("Python cells don't run here. This one is kept as it is.");
  expect(n.text(3)).toContain("Array(2)");
});

test("a SQL cell shows the table view and gives the whole table", async () => {
  const asked: unknown[] = [];
  const table = { numRows: 3 };
  const n = notebook({
    db: () => ({
      sql: (strings: string[], ...params: unknown[]) => {
        asked.push([...strings], params);
        return Promise.resolve(table);
      },
    }),
    __tableView: () => (t: { numRows: number }) => document.createTextNode(`${t.numRows} rows`),
  });
  await n.run({
    1: { mode: "sql", value: "SELECT ${k}", output: "t", database: "var:db" },
    2: "t.numRows",
    3: "const k = 5",
  });
  await n.settled();
  expect(asked).toEqual([["SELECT ", ""], [5]]);
  expect([n.text(1), n.text(2)]).toEqual(["3 rows", "3"]);
  expect(await n.runtime.valueOf("t")).toBe(table);
});

test("outcomes carry name, text, time and markup", async () => {
  const n = notebook();
  await n.run({
    1: "const a = 1, b = 2; display(document.createElement('hr'))",
    2: "(() => { const d = document.createElement('figure'); d.innerHTML = '<button>Save <svg></svg></button><svg viewBox=\"0 0 1 1\"><style>b{}</style><text>Hi</text></svg>'; return d; })()",
    3: "await new Promise(() => {})",
    4: "throw new Error('x')",
  });
  const [one, two, three, four] = await n.settled(150);
  expect(one).toMatchObject({
    id: 1,
    name: "a, b",
    state: "fulfilled",
    error: null,
    format: "html",
    markup: "<hr>",
  });
  expect(two).toMatchObject({ name: null, text: "Hi", format: "svg" });
  expect(two.markup).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(three).toMatchObject({ state: "pending", error: null });
  expect(four).toMatchObject({ state: "rejected", error: "x" });
  await expect(n.runtime.valueOf("nothing")).rejects.toThrow("no cell defines this name: nothing");
  expect(await n.runtime.valueOf("b")).toBe(2);
});

test("a hidden page goes on computing, though it gets no frames", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const frame = vi.spyOn(globalThis, "requestAnimationFrame").mockReturnValue(0);
  try {
    const n = notebook();
    await n.run({
      1: "const a = 1",
      2: "const b = a + 1",
      3: "b",
      4: "const g = (function* () { yield 1; yield 2; })()",
      5: "g",
    });
    await n.settled(500);
    expect(n.text(3)).toBe("2");
    await until(() => expect(n.text(5)).toBe("2"));
    expect(frame).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    await n.run({ 1: "const a = 5" });
    await until(() => expect(n.text(3)).toBe("6"));
    expect(frame).toHaveBeenCalled();
  } finally {
    hidden.mockRestore();
    frame.mockRestore();
  }
});

test("a definition that is overtaken while it is imported is dropped", async () => {
  const n = notebook();
  const first = n.run({ 1: "'first'" });
  const second = n.run({ 1: "'second'" });
  await Promise.all([first, second]);
  await n.settled();
  expect(n.text(1)).toBe('"second"');
  const late = n.run({ 2: "'late'" });
  n.runtime.undefine(2);
  await late;
});

test("a builtin that can't be loaded is named", async () => {
  const n = notebook({ heavy: () => Promise.reject(new Error("offline")) });
  await n.run({ 1: "heavy + 1" });
  await n.settled();
  expect(n.status(1).error).toMatchObject({ message: "heavy is not available: offline" });
});

test("a name that is taken away is unknown again, and one that comes back is found", async () => {
  const n = notebook();
  await n.run({ 1: "const a = 1", 2: "a" });
  await n.settled();
  n.runtime.undefine(1);
  await until(() => expect(n.status(2).error).toMatchObject({ message: "a is not defined" }));
  await n.run({ 3: "const a = 3" });
  await until(() => expect(n.text(2)).toBe("3"));
  await n.run({ 3: "const b = 3" });
  await until(() => expect(n.status(2).state).toBe("rejected"));
  expect([...n.runtime.names()]).toEqual([["b", 3]]);
});

test("cells may be edited in any order and end as if they had been written so", async () => {
  const n = notebook();
  let seed = 11;
  const random = (k: number): number => (seed = (seed * 48271) % 2147483647) % k;
  const names = ["a", "b", "c"];
  const texts = new Map<number, string>();
  for (let i = 0; i < 60; ++i) {
    const id = 1 + random(4);
    const kind = random(4);
    const text =
      kind === 0
        ? `const ${names[random(3)]} = ${random(9)}`
        : kind === 1
          ? `const ${names[random(3)]} = ${names[random(3)]} + 1`
          : kind === 2
            ? `${names[random(3)]} * 10`
            : "const x = (";
    texts.set(id, text);
    await n.run({ [id]: text });
    if (random(5) === 0) {
      n.runtime.undefine(id);
      texts.delete(id);
    }
    if (random(3) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  const fresh = notebook();
  await fresh.run(Object.fromEntries(texts));
  await fresh.settled();
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const id of texts.keys()) {
    expect([id, n.status(id).state]).toEqual([id, fresh.status(id).state]);
    if (fresh.status(id).state === "fulfilled") expect(n.text(id)).toBe(fresh.text(id));
  }
});
