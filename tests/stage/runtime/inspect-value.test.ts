// @vitest-environment jsdom
import { expect, test } from "vitest";
import { expandedOf, inspectValue } from "../../../src/stage/runtime/inspect-value.ts";

test("opens by keyboard, keeps the focus, and opens again as it stood", async () => {
  const value = { a: { b: [1, 2] }, c: 3 };
  const node = inspectValue(value);
  document.body.append(node);
  const opener = node.querySelector<HTMLElement>("a[role=button]")!;
  opener.focus();
  opener.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await Promise.resolve();
  expect(node.querySelectorAll(".observablehq--expanded")).toHaveLength(1);
  expect(document.activeElement).toBe(node.querySelector("a"));
  const again = inspectValue(value, expandedOf(node));
  expect(again.querySelectorAll(".observablehq--expanded")).toHaveLength(1);
  expect(again.textContent).toBe(node.textContent);
});

test("reads of a large value only what it shows", () => {
  let reads = 0;
  const large = new Proxy(
    Array.from({ length: 1e6 }, (_, i) => i),
    {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) ++reads;
        return Reflect.get(target, key) as unknown;
      },
    },
  );
  inspectValue(large);
  expect(reads).toBeLessThan(100);
});

test("a value that throws when read says so", () => {
  const bad = new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error("no");
      },
      get() {
        throw new Error("no");
      },
    },
  );
  expect(inspectValue(bad).textContent).toContain("can't be shown");
});
