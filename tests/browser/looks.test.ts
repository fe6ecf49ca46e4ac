import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { readerOf } from "../support/reader.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = resolve(import.meta.dirname, "../../test-output");

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe calls serious or critical in one frame, in a line each. */
async function serious(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  const findings = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Finding[] }> };
    };
    return (await axe.run(document, { iframes: false, resultTypes: ["violations"] })).violations;
  });
  return findings
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 5)
        .map(({ html, failureSummary }) =>
          `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`.replace(/\s+/g, " "),
        ),
    );
}

/** How much wider the content of a frame is than the frame, in pixels. */
const overflow = (frame: Frame) =>
  frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const stageOf = (page: Page) => page.frames().find((f) => f.parentFrame() === page.mainFrame())!;

const looks = [
  [1200, "light"],
  [1200, "dark"],
  [360, "light"],
  [360, "dark"],
] as const;
/** Both themes and both widths, each once: for what takes long. */
const twoLooks = [looks[0], looks[3]];

const places = [
  ["home", ""],
  ["welcome", "notebooks/welcome.html"],
  ["hsmm", "notebooks/hsmm.html"],
  ["your-own-counts", "notebooks/your-own-counts.html"],
] as const;

let app: App;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  app = await openApp();
});

afterAll(() => app.close());

it("finds what is planted in either realm", async () => {
  const { page } = app;
  await app.open(app.put("planted.html", notebookText("Planted", ["html`<img src='data:,'>`"])));
  await app.settled();
  expect((await serious(stageOf(page))).join()).toContain("image-alt");
  await page.evaluate(() => document.body.append(document.createElement("button")));
  expect((await serious(page.mainFrame())).join()).toContain("button-name");
});

describe.each(places)("%s", (name, path) => {
  it("has nothing serious for axe, light and dark, wide and narrow, and never scrolls sideways", async () => {
    const { page } = app;
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    if (path) {
      await app.open(path);
      const cells = await app.settled();
      expect(cells.filter((cell) => cell.state !== "fulfilled")).toEqual([]);
    } else {
      await page.goto(`${app.server.origin}/`);
      await page.locator(".entry-title").first().waitFor();
    }
    const found: string[] = [];
    for (const [width, colorScheme] of name === "home" || name === "welcome" ? looks : twoLooks) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(600);
      const where = `${name} ${width} ${colorScheme}`;
      await page.screenshot({ path: join(pictures, `${where.replaceAll(" ", "-")}.png`) });
      for (const frame of path ? [page.mainFrame(), stageOf(page)] : [page.mainFrame()]) {
        const realm = frame === page.mainFrame() ? "shell" : "stage";
        for (const line of await serious(frame)) found.push(`${where} ${realm}: ${line}`);
        const wide = await overflow(frame);
        if (wide > 0) found.push(`${where} ${realm}: ${wide} px too wide`);
      }
    }
    expect(found).toEqual([]);
  });
});

describe("what opens over a notebook", () => {
  it("has nothing serious for axe, light and dark, wide and narrow", async () => {
    const { page } = app;
    const reader = readerOf(page);
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await app.open(
      app.put(
        "states.html",
        notebookText("States", [
          [
            "text/markdown",
            "# States\n\n## Of cells\n\n[A link](#), `code`, and\n\n> a quotation.",
          ],
          ["module", 'const a = 1; // a comment\nconst s = "text", r = /x/g;', { pinned: "" }],
          ["module", "const b = lost + a;", { pinned: "" }],
          "b + 1",
          "new Promise(() => {})",
          "({a, list: [1, 2, 3], deep: {er: new Map([[1, 2]])}, f() {}})",
          "FileAttachment('missing.csv').text()",
          ["application/sql", "SELECT 1 AS one -- comment", { output: "t", pinned: "" }],
          "const db = DuckDBClient.of({});",
          ["text/x-python", "print(1)", { pinned: "" }],
          "view(Inputs.form({x: Inputs.range([0, 1], {label: 'x'}), y: Inputs.text({label: 'y'})}))",
          "view(Inputs.table([{a: 1}, {a: 2}]))",
        ]),
      ),
    );
    await reader.failure(7);
    await reader.cell(8).locator("table, [role=grid], [role=table]").first().waitFor();
    const found: string[] = [];
    const look = async (where: string) => {
      for (const [width, colorScheme] of twoLooks) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(350);
        const name = `${where} ${width} ${colorScheme}`;
        await page.screenshot({ path: join(pictures, `${name.replaceAll(" ", "-")}.png`) });
        for (const frame of [page.mainFrame(), stageOf(page)])
          for (const line of await serious(frame)) found.push(`${name}: ${line}`);
      }
      await page.setViewportSize({ width: 1200, height: 900 });
    };
    await look("cells");
    await reader.write(2, "const a = 2;\nlos");
    await reader.page.keyboard.type("t");
    await look("editing");
    await reader.press("Escape");
    await reader.press("Escape");
    await reader.select(2);
    await reader.press("ControlOrMeta+k");
    await look("palette");
    await reader.press("Escape");
    await reader.press("?");
    await look("keys");
    await reader.press("Escape");
    await reader.cell(4).locator(".cell-menu").click({ force: true });
    await look("menu");
    await reader.press("Escape");
    await reader.click("Panel");
    for (const tab of ["Outline", "Data", "History"]) {
      await reader.click(tab, "tab");
      await look(`panel ${tab.toLowerCase()}`);
    }
    await page.locator(".history-version").first().click();
    await look("version");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await reader.click("Close panel");
    expect([...new Set(found)]).toEqual([]);
  });
});
