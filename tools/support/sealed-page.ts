import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

/** A page whose browser reaches one origin and nothing else. */
export interface SealedPage {
  readonly page: Page;
  readonly browser: Browser;
  /** What the page asked for elsewhere, and was refused. */
  readonly denied: string[];
  /** What the page and its console complained about. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A browser in which every network but one origin is denied. */
export interface SealedBrowser {
  /** A page with a profile of its own, which `close` ends. */
  open(): Promise<SealedPage>;
  close(): Promise<void>;
}

/** Opens a browser in which every network but `origin` (an address on this machine) is denied. */
export async function sealedBrowser(origin: string): Promise<SealedBrowser> {
  const { host } = new URL(origin);
  const browser = await launchChromium([
    "--proxy-server=http://127.0.0.1:9",
    `--proxy-bypass-list=<-loopback>;${host}`,
  ]);
  return { open: () => sealedPage(browser, origin), close: () => browser.close() };
}

/** Opens one page in a browser of its own, which is closed with it. */
export async function openSealedPage(origin: string): Promise<SealedPage> {
  const browser = await sealedBrowser(origin);
  return { ...(await browser.open()), close: browser.close };
}

async function sealedPage(browser: Browser, origin: string): Promise<SealedPage> {
  // Tall, so that cells that wait to be in view are.
  const context = await browser.newContext({ viewport: { width: 1200, height: 10_000 } });
  const denied: string[] = [];
  const complaints: string[] = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${origin}/`) || /^(blob|data):/.test(url)) return route.continue();
    denied.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { page, browser, denied, complaints, close: () => context.close() };
}
