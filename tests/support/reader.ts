import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** What a reader sees and does in the open notebook, in her words. */
export interface Reader {
  readonly page: Page;
  /** A cell, by the id in its file. */
  cell(id: number): Locator;
  /** What a cell shows. */
  output(id: number): Locator;
  /** Anything in the notebook's frame. */
  inside(selector: string): Locator;
  /** The cells' ids, in their order on the page. */
  order(): Promise<number[]>;
  /** Waits until a cell shows this text. */
  shows(id: number, text: string | RegExp): Promise<void>;
  /** Waits until a cell says that it failed, and gives the words. */
  failure(id: number): Promise<string>;
  /** Selects a cell as a click beside it does. */
  select(id: number): Promise<void>;
  /** Opens a cell's source and replaces all of it. */
  write(id: number, source: string): Promise<void>;
  press(keys: string): Promise<void>;
  /** A button, link or item of the shell by its words. */
  click(name: string | RegExp, role?: "button" | "menuitem" | "link" | "tab"): Promise<void>;
  /** An item of the notebook's menu. */
  choose(item: string | RegExp): Promise<void>;
}

export const patience = { timeout: 15_000, interval: 50 };

export function readerOf(page: Page): Reader {
  const frame = page.frameLocator("iframe.stage-frame");
  const inside = (selector: string) => frame.locator(selector);
  const cell = (id: number) => inside(`#cell-${id}`);
  const output = (id: number) => cell(id).locator(".cell-root");
  const reader: Reader = {
    page,
    cell,
    output,
    inside,
    order: async () =>
      (await inside("article.cell").evaluateAll((all) =>
        all.map((one) => Number((one as HTMLElement).dataset.id)),
      )) as number[],
    async shows(id, text) {
      const shown = () =>
        output(id)
          .innerText({ timeout: 5000 })
          .catch(() => "");
      if (typeof text === "string") await expect.poll(shown, patience).toContain(text);
      else await expect.poll(shown, patience).toMatch(text);
    },
    async failure(id) {
      const failed = cell(id).locator(".cell-failed .failure");
      await failed.waitFor({ timeout: 15_000 });
      return (await failed.innerText()).replace(/\s+/g, " ");
    },
    async select(id) {
      await cell(id).evaluate((element) => (element as HTMLElement).focus());
    },
    async write(id, source) {
      await reader.select(id);
      await page.keyboard.press("Enter");
      await cell(id).locator(".cm-content:focus").waitFor();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await page.keyboard.insertText(source);
    },
    press: (keys) => page.keyboard.press(keys),
    click: (name, role = "button") => page.getByRole(role, { name }).first().click(),
    async choose(item) {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page
        .getByRole("menuitem", { name: item })
        .or(page.getByRole("menuitemradio", { name: item }))
        .first()
        .click();
    },
  };
  return reader;
}
