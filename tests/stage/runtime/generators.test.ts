// @vitest-environment jsdom
import { expect, test } from "vitest";
import { dark, input, observe, queue } from "../../../src/stage/runtime/generators.ts";
import { Mutable } from "../../../src/stage/runtime/mutable.ts";

test("observe gives the latest value, queue every one", async () => {
  for (const [make, expected] of [
    [observe, 3],
    [queue, 1],
  ] as const) {
    const generator = make((change) => {
      for (const i of [1, 2, 3]) change(i);
    });
    expect(await generator.next()).toEqual({ done: false, value: expected });
  }
});

test("a generator that is returned disposes once and wakes who waits", async () => {
  let disposed = 0;
  const generator = observe(() => () => void ++disposed);
  const next = generator.next();
  await generator.return(undefined);
  await generator.return(undefined);
  expect(await next).toEqual({ done: true, value: undefined });
  expect(disposed).toBe(1);
});

test("input gives what an element of each kind holds", async () => {
  const make = (type: string, value: string): HTMLInputElement =>
    Object.assign(document.createElement("input"), { type, value });
  const first = async (element: HTMLElement): Promise<unknown> =>
    (await input(element).next()).value;
  expect(await first(make("range", "7"))).toBe(7);
  expect(await first(make("text", "7"))).toBe("7");
  expect(await first(Object.assign(make("checkbox", ""), { checked: true }))).toBe(true);
  expect(await first(Object.assign(document.createElement("form"), { value: [1] }))).toEqual([1]);
  const select = document.createElement("select");
  select.multiple = true;
  select.innerHTML = "<option selected>a<option>b<option selected>c";
  expect(await first(select)).toEqual(["a", "c"]);
  const text = make("text", "x");
  const values = input(text);
  await values.next();
  text.value = "y";
  text.dispatchEvent(new Event("input"));
  expect((await values.next()).value).toBe("y");
  await values.return(undefined);
});

test("dark follows the page", async () => {
  const values = dark();
  expect((await values.next()).value).toBe(false);
  document.documentElement.dataset.theme = "dark";
  expect((await values.next()).value).toBe(true);
  await values.return(undefined);
});

test("a Mutable tells of each value that is set", async () => {
  const m = Mutable(1);
  expect((await m.next()).value).toBe(1);
  const next = m.next();
  m.value = 5;
  expect([(await next).value, m.value]).toEqual([5, 5]);
});
