import { createReadStream, existsSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { launchChromium } from "../../tools/support/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The policy that scratch pages run under: that of the product, without eval and without inline scripts. */
const policy = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src blob: data:",
].join("; ");

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
};

/** A bundled entry open in Chromium; `close` ends all that it started. */
export interface ScratchPage {
  readonly page: Page;
  readonly url: string;
  readonly browser: Browser;
  /** Requests that the page's own server has seen, as paths. */
  readonly requests: string[];
  /** What the page's console said at level error, and exceptions nobody caught. */
  readonly errors: string[];
  readonly close: () => Promise<void>;
}

export interface ScratchOptions {
  /** Files to serve: name in the page's folder -> path on disk. */
  readonly files?: Readonly<Record<string, string>>;
  /** Sources of connect-src; the page's own server and blobs unless given. */
  readonly connect?: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Bundles `entry` (a path from the repository's root) with Vite into a folder of its own, serves it under the product's
 * content policy and opens it in Chromium.
 */
export async function openScratch(
  name: string,
  entry: string,
  { files = {}, connect = "'self' blob:", width = 1000, height = 700 }: ScratchOptions = {},
): Promise<ScratchPage> {
  const dir = join(root, "test-output", name);
  await mkdir(dir, { recursive: true });
  await bundle(entry, dir);
  const requests: string[] = [];
  const server = await serve(dir, files, requests, connect);
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width, height } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction("globalThis.scratch !== undefined");
  const close = async (): Promise<void> => {
    await browser.close();
    await new Promise((done) => server.close(done));
  };
  return { page, url, browser, requests, errors, close };
}

/** Files of the database as a build ships them: the worker script, and its wasm gzipped once into test-output. */
export async function duckdbFiles(): Promise<Record<string, string>> {
  const dist = join(root, "node_modules/@duckdb/duckdb-wasm/dist");
  const gz = join(root, "test-output/duckdb-eh.wasm.gz");
  if (!existsSync(gz)) {
    await mkdir(join(root, "test-output"), { recursive: true });
    await writeFile(gz, gzipSync(await readFile(join(dist, "duckdb-eh.wasm")), { level: 6 }));
  }
  return {
    "duckdb-browser-eh.worker.js": join(dist, "duckdb-browser-eh.worker.js"),
    "duckdb-eh.wasm.gz": gz,
  };
}

async function bundle(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      lib: { entry: resolve(root, entry), formats: ["es"], fileName: () => "scratch.js" },
    },
  });
  const css = existsSync(join(outDir, "engrailed.css"));
  const link = css ? '<link rel="stylesheet" href="engrailed.css">' : "";
  await writeFile(
    join(outDir, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>scratch</title>${link}<body><script type="module" src="scratch.js"></script>`,
  );
}

async function serve(
  dir: string,
  files: Readonly<Record<string, string>>,
  requests: string[],
  connect: string,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    requests.push(request.url ?? "/");
    const name = path === "/" ? "index.html" : path.slice(1);
    const file = Object.hasOwn(files, name) ? files[name] : join(dir, name);
    if (name.includes("..") || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": `${policy}; connect-src ${connect}`,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}
