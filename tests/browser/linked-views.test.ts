import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const cells = [
  "const rows = Array.from({length: 2000}, (_, i) => ({x: i / 20, group: i < 1000 ? 'low' : 'high', 'a b': i % 7}));",
  "const db = DuckDBClient.of({rows: rows, 'other': [{n: 1}]});",
  "const brush = vg.Selection.crossfilter();",
  "const from = vg.from('rows', {filterBy: brush});",
  "vg.plot(vg.rectY(from, {x: vg.bin('x'), y: vg.count()}), vg.intervalX({as: brush}), vg.xDomain([0, 100]), vg.width(400), vg.name('left'))",
  "vg.plot(vg.barY(from, {x: 'group', y: vg.count(), fill: 'group'}), vg.width(300), vg.yDomain([0, 1000]), vg.name('bars'))",
  "vg.table({from: 'rows', filterBy: brush, height: 120})",
  "vg.colorLegend({for: 'bars'})",
  "vg.plot(vg.dot(vg.from('rows'), {x: 'no such column', y: 'x'}))",
];

/** Heights of the bars by group, in pixels. */
const bars = () =>
  app.stage().evaluate(() => {
    const view = document.querySelectorAll(".linked-view")[1];
    return [...view.querySelectorAll<SVGRectElement>("[aria-label=bar] rect")].map((rect) =>
      Math.round(Number(rect.getAttribute("height"))),
    );
  });

describe("linked views", () => {
  it("filter one plot by what is brushed in another, and let go again", async () => {
    const { page } = app;
    await app.open(app.put("linked.html", notebookText("Linked", cells)));
    const outcome = await app.settled();
    expect(outcome.filter(({ state }) => state !== "fulfilled")).toEqual([]);
    const stage = app.stage();
    await expect.poll(bars, { timeout: 20_000 }).toHaveLength(2);
    const before = await bars();
    expect(before[0]).toBeGreaterThan(100);
    expect(before[0]).toBe(before[1]);

    await stage.locator(".linked-failure").waitFor();
    const box = (await stage.locator(".linked-view svg").first().boundingBox())!;
    await page.mouse.move(box.x + 50, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await bars()).length, { timeout: 20_000 }).toBe(1);
    const [brushed] = await bars();
    expect(brushed).toBeGreaterThan(0);
    expect(brushed).toBeLessThan(before[0] / 2);

    await page.mouse.click(box.x + 300, box.y + 60);
    await expect.poll(bars, { timeout: 20_000 }).toEqual(before);
    expect(await stage.locator("table tbody tr").count()).toBeGreaterThan(5);
  });

  it("say in their place why they can't be drawn, and ask nothing of any host", async () => {
    await expect
      .poll(() => app.stage().locator(".linked-failure").textContent(), { timeout: 20_000 })
      .toContain("no such column");
    expect(app.complaints).toEqual([]);
    expect(app.server.requests.filter(({ url }) => url.includes("3000"))).toEqual([]);
  });

  it("leave no tables behind that a reader would see, and tell a notebook without db what is missing", async () => {
    const extra = [
      "display((await db.describeTables()).map((d) => d.name ?? '').join())",
      "const again = brush, after = db.query('SELECT 1');",
    ];
    await app.open(app.put("seen.html", notebookText("Seen", [...cells.slice(0, 5), ...extra])));
    const outcome = await app.settled();
    expect(outcome[5].text).toContain("other,rows");
    await app.open(
      app.put("none.html", notebookText("None", ["vg.plot(vg.ruleY([0]))", "const vgs = 1; vgs"])),
    );
    const [failed, fine] = await app.settled();
    expect(failed.error).toContain("db is not defined");
    expect(fine.state).toBe("fulfilled");
    expect(await app.stage().locator("body").textContent()).toContain(
      "const db = DuckDBClient.of({…})",
    );
    await app.open(app.put("own.html", notebookText("Own", ["const vg = 7", "vg + 1"])));
    expect((await app.settled())[1].text).toBe("8");
  });
});
