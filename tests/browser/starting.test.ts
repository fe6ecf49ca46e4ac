import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { readerOf } from "../support/reader.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

/** Without a service worker, whose own requests a route does not see. */
async function freshPage() {
  await app.context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined }),
  );
  return app.context.newPage();
}

const notebook = notebookText("Slow", [
  "const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));",
  "`${lanes.shape.genes} genes`",
  "tex`x^2`",
]);

async function link() {
  app.put("lanes.arrow.gz", readFileSync("data/marioni/marioni.arrow.gz"));
  return `${app.server.origin}/#open=${app.put("slow.html", notebook)}`;
}

describe("a page whose parts come late or never", () => {
  it("calls the engine when its parts are there, however late", async () => {
    const page = await freshPage();
    await page.route("**/parts/engine-*.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await route.continue();
    });
    await page.goto(await link());
    await readerOf(page).shows(2, "5088 genes");
  });

  it("opens when it is reloaded while its service worker is being installed", async () => {
    const { page } = app;
    const reader = readerOf(page);
    await page.goto(await link());
    await reader.shows(2, "5088 genes");
    for (let i = 0; i < 3; ++i) {
      await page.reload();
      await reader.shows(2, "5088 genes");
    }
  });

  it("asks a second time for a part that failed", async () => {
    const page = await freshPage();
    let asked = 0;
    await page.route("**/parts/engine-*.js", (route) =>
      ++asked === 1 ? route.abort() : route.continue(),
    );
    await page.goto(await link());
    await readerOf(page).shows(2, "5088 genes");
    expect(asked).toBe(2);
  });

  it("says what is missing when the engine's can't be had", async () => {
    const page = await freshPage();
    await page.route("**/parts/engine-*.js", (route) => route.abort());
    await page.goto(await link());
    const notice = page.locator(".notice", { hasText: "could not be loaded: engine-" });
    await notice.waitFor();
    expect(await notice.innerText()).toContain("Reload the page when the connection is back");
  });

  it("reads a file dropped before the engine's parts came, or says in the panel that they don't come", async () => {
    for (const comes of [true, false]) {
      const page = await freshPage();
      await page.route("**/parts/engine-*.js", async (route) => {
        if (!comes) return route.abort();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
      await page.goto(`${app.server.origin}/`);
      await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
      await page.evaluate(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["gene\ta\tb\nX1\t1\t2\nX2\t3\t4\n"], "counts.tsv"));
        for (const type of ["dragenter", "dragover", "drop"])
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
          );
      });
      await page
        .locator("dialog", {
          hasText: comes ? "2 genes × 2 samples" : "could not be loaded: engine-",
        })
        .waitFor();
      await page.close();
    }
  });

  it("says so in the cell that needs a part", async () => {
    const page = await freshPage();
    await page.route("**/parts/tex-*.js", (route) => route.abort());
    await page.goto(await link());
    const reader = readerOf(page);
    expect(await reader.failure(3)).toContain("a part of this page could not be loaded: tex-");
    await reader.shows(2, "5088 genes");
  });
});
