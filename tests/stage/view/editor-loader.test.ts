import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createEditorLoader } from "../../../src/stage/view/editor-loader.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function loaderWhere(isBusy: () => boolean) {
  let loads = 0;
  const loader = createEditorLoader(
    async () => {
      ++loads;
      return {} as never;
    },
    () => {},
    isBusy,
  );
  return { loader, loads: () => loads };
}

test("the editor waits while cells run, so that its code isn't evaluated beside their work", async () => {
  let busy = true;
  const { loader, loads } = loaderWhere(() => busy);
  loader.loadWhenIdle();
  await vi.advanceTimersByTimeAsync(4000);
  expect(loads()).toBe(0);
  busy = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(loads()).toBe(1);
});

test("a cell that never ends does not keep the editor away, and asking for it brings it at once", async () => {
  const ever = loaderWhere(() => true);
  ever.loader.loadWhenIdle();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(ever.loads()).toBe(1);
  const asked = loaderWhere(() => true);
  void asked.loader.load();
  expect(asked.loads()).toBe(1);
});
