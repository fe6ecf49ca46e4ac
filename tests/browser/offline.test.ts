import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../tools/support/chromium.ts";
import { serveStatic, type StaticServer } from "../../tools/support/static-server.ts";
import { patience, readerOf } from "../support/reader.ts";

let browser: Browser;
let context: BrowserContext;
let page: Page;
let folder: string;
let server: StaticServer;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "engrailed-offline-"));
  cpSync(resolve(import.meta.dirname, "../../dist"), folder, { recursive: true });
  browser = await launchChromium(["--host-resolver-rules=MAP lab.example 127.0.0.1"]);
});

afterAll(() => browser.close());

beforeEach(async () => {
  server = await serveStatic({ folders: { "/": folder } });
  ({ port } = server);
  context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await server.close();
});

const address = (hash = "") => `http://127.0.0.1:${port}/${hash}`;

/** What the service worker keeps beside the page itself. */
const kept = () =>
  page.evaluate(async () => {
    const cache = await caches.open("engrailed-rest");
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });

const inCharge = () => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

describe("after one visit, with the server stopped", () => {
  it("the page opens with the notebook whose data was opened once; Keep all offline fetches the rest", async () => {
    await page.goto(address("#open=notebooks/welcome.html"));
    await readerOf(page).shows(6, "Liver");
    await inCharge();
    for (const name of ["notebooks/welcome.html", "data/marioni/marioni.arrow.gz"])
      await expect.poll(kept, patience).toContainEqual(expect.stringContaining(name));
    await server.close();

    await page.close();
    page = await context.newPage();
    await page.goto(address("#open=notebooks/welcome.html"));
    await readerOf(page).shows(6, "Liver");
    await page.goto("about:blank");
    await page.goto(address());
    await page.locator(".entry-title").nth(2).waitFor();
    await page.goto(address("#open=notebooks/hsmm.html"));
    const notice = page.locator(".notice", { hasText: "could not be fetched" });
    await notice.waitFor();
    expect(await notice.innerText()).toContain("offline");

    server = await serveStatic({ folders: { "/": folder }, port });
    await page.goto("about:blank");
    await page.goto(address());
    const keep = page.getByRole("button", { name: /^Keep all offline \([\d.]+ MB\)$/ });
    await keep.click();
    await page.getByText("All notebooks and their data are kept").waitFor({ timeout: 60_000 });
    await server.close();

    await page.goto("about:blank");
    await page.goto(address("#open=notebooks/hsmm.html"));
    await page.waitForFunction(() => "engrailed" in globalThis);
    const cells = await page.evaluate(() =>
      (
        globalThis as unknown as {
          engrailed: {
            settled(ms: number): Promise<{ id: number; state: string; error: unknown }[]>;
          };
        }
      ).engrailed.settled(60_000),
    );
    expect(cells.filter((cell) => cell.state !== "fulfilled")).toEqual([]);
    expect(cells.length).toBeGreaterThan(10);
  });
});

describe("a newer version", () => {
  it("is said to be available, and comes with the reload that the reader asks for", async () => {
    const worker = join(folder, "service-worker.js");
    const before = readFileSync(worker, "utf8");
    await page.goto(address("#open=notebooks/welcome.html"));
    await inCharge();
    const version = /"?version"?:\s*"([^"]+)"/.exec(before)![1];
    writeFileSync(worker, before.replace(version, "newer"));
    await page.reload();
    const update = page.getByRole("button", { name: "Update available: reload" });
    await update.waitFor();
    const versions = () =>
      page.evaluate(async () => (await caches.keys()).filter((name) => name.includes("shell")));
    await update.click();
    await expect
      .poll(
        () =>
          page
            .evaluate(async () => {
              const { active, waiting } = (await navigator.serviceWorker.getRegistration())!;
              return active?.state === "activated" && !waiting;
            })
            .catch(() => false),
        patience,
      )
      .toBe(true);
    expect(await versions()).toContainEqual(expect.stringContaining("newer"));
    await readerOf(page).shows(6, "Liver");
    await expect.poll(() => update.count(), patience).toBe(0);

    writeFileSync(worker, before.replace(version, "newest"));
    await page.goto("about:blank");
    await page.goto(address());
    await page.getByRole("button", { name: "Update available: reload" }).waitFor();
    writeFileSync(worker, before);
  });
});

describe("over http on another address", () => {
  it("there is no service worker, and the notebooks run", async () => {
    await page.goto(`http://lab.example:${port}/#open=notebooks/welcome.html`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    const reader = readerOf(page);
    await reader.shows(6, "Liver");
    await reader.write(10, "const smallest = 1000;");
    await reader.press("Shift+Enter");
    await reader.shows(12, "at least 1,000 counts");
    await expect
      .poll(() => page.locator(".saved").innerText(), patience)
      .toMatch(/^Your changes, saved/);
    const other = await context.newPage();
    await other.goto(`http://lab.example:${port}/#open=notebooks/welcome.html`);
    await other.locator(".banner", { hasText: "open in another tab" }).waitFor();
    await other.close();
    await page.goto("about:blank");
    await page.goto(`http://lab.example:${port}/`);
    await page.getByText("Opened this way, the page can't be kept").waitFor();
  });
});
