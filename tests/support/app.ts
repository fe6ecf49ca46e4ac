import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import type { CellOutcome, ValueFile } from "../../src/protocol/stage.ts";
import { launchChromium } from "../../tools/support/chromium.ts";
import { serveStatic, type StaticServer } from "../../tools/support/static-server.ts";

/** The built page, served and opened in a browser. */
export interface App {
  readonly server: StaticServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page and its frames complained about. */
  readonly complaints: string[];
  /** Writes a notebook into the served folder and says its path for `open`. */
  put(name: string, text: string | Uint8Array): string;
  /** Opens a notebook of this server and runs it. */
  open(path: string): Promise<void>;
  settled(timeout?: number): Promise<CellOutcome[]>;
  value(name: string): Promise<ValueFile | null>;
  stage(): Frame;
  close(): Promise<void>;
}

interface Automation {
  open(path: string): Promise<void>;
  settled(timeout: number): Promise<CellOutcome[]>;
  value(name: string): Promise<ValueFile | null>;
}

const dist = resolve(import.meta.dirname, "../../dist");

export interface AppOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly host?: string;
  readonly browserArgs?: readonly string[];
}

export async function openApp(options: AppOptions = {}): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), "engrailed-"));
  const server = await serveStatic({
    folders: { "/": dist, "/test/": folder },
    host: options.host,
  });
  const browser = await launchChromium(options.browserArgs);
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1200, height: options.height ?? 900 },
    colorScheme: options.dark ? "dark" : "light",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    server,
    browser,
    context,
    page,
    complaints,
    put(name, text) {
      writeFileSync(join(folder, name), text);
      return `test/${name}`;
    },
    async open(path) {
      if (!page.url().startsWith(server.origin)) await page.goto(`${server.origin}/`);
      await page.waitForFunction(() => "engrailed" in globalThis);
      await page.evaluate(
        (p) => (globalThis as unknown as { engrailed: Automation }).engrailed.open(p),
        path,
      );
    },
    settled: (timeout = 60_000) =>
      page.evaluate(
        (t) => (globalThis as unknown as { engrailed: Automation }).engrailed.settled(t),
        timeout,
      ),
    value: (name) =>
      page.evaluate(
        (n) => (globalThis as unknown as { engrailed: Automation }).engrailed.value(n),
        name,
      ),
    stage() {
      const frame = page.frames().find((f) => f.parentFrame() === page.mainFrame());
      if (!frame) throw new Error("there is no stage");
      return frame;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A notebook's text from its cells: [type, source] or JavaScript source alone. */
export function notebookText(
  title: string,
  cells: readonly (string | readonly [string, string, Record<string, string>?])[],
): string {
  const scripts = cells.map((cell, i) => {
    const [type, source, attributes = {}] =
      typeof cell === "string" ? (["module", cell] as const) : cell;
    const extra = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    const lines = source.split("\n").map((line) => (line.trim() ? `    ${line}` : ""));
    return `  <script id="${i + 1}" type="${type}"${extra.join("")}>\n${lines.join("\n")}\n  </script>\n`;
  });
  return `<!doctype html>\n<notebook theme="air">\n  <title>${title}</title>\n${scripts.join("")}</notebook>\n`;
}
