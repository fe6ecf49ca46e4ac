import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { JSDOM } from "jsdom";
import { attachmentNames, outputsOf, parseNotebook, type Notebook } from "../src/notebook/index.ts";
import type { CellOutcome, ValueFile } from "../src/protocol/stage.ts";
import { buildIfNeeded } from "./support/build-if-needed.ts";
import { parseArguments, usage, type RunArguments } from "./support/notebook-arguments.ts";
import { openSealedPage } from "./support/sealed-page.ts";
import { serveStatic } from "./support/static-server.ts";

/**
 * Runs a notebook without a window: opens it in Chromium with every network but this script's own server
 * denied, waits until every cell has settled, and writes what the cells showed and the values asked for.
 */
const root = resolve(import.meta.dirname, "..");

interface Automation {
  open(path: string, options: { attach: Record<string, string> }): Promise<void>;
  settled(timeout: number): Promise<CellOutcome[]>;
  value(name: string): Promise<ValueFile | null>;
}

async function main(args: RunArguments): Promise<number> {
  const path = resolve(args.notebook);
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return bad(`no such notebook: ${args.notebook}`);
  for (const { file } of args.attach)
    if ((await readFile(file).catch(() => null)) === null) return bad(`no such file: ${file}`);
  const { DOMParser } = new JSDOM("").window;
  const notebook = parseNotebook(text, { parser: new DOMParser() });

  await buildIfNeeded(root);
  const files: Record<string, string> = { "/": join(root, "dist") };
  const at = `/run${dirname(path)}/`;
  files[`${at}${basename(path)}`] = path;
  for (const name of attachmentNames(notebook)) {
    if (isAbsolute(name) || /^[a-z]+:/i.test(name)) continue;
    files[decodeURIComponent(new URL(name, `http://x${at}`).pathname)] = resolve(
      dirname(path),
      name,
    );
  }
  args.attach.forEach(({ file }, i) => (files[`/attach/${i}`] = resolve(file)));

  const server = await serveStatic({ folders: files });
  const sealed = await openSealedPage(server.origin);
  try {
    await sealed.page.goto(`${server.origin}/#home`);
    await sealed.page.waitForFunction(() => "engrailed" in globalThis);
    const running = sealed.page.evaluate(
      async ({ path, attach, until }) => {
        const { engrailed } = globalThis as unknown as { engrailed: Automation };
        await engrailed.open(path, { attach });
        return engrailed.settled(Math.max(1, until - Date.now()));
      },
      {
        path: `${at}${basename(path)}`.slice(1),
        attach: Object.fromEntries(args.attach.map(({ name }, i) => [name, `attach/${i}`])),
        until: Date.now() + args.timeout * 1000,
      },
    );
    running.catch(() => undefined);
    const settled = await Promise.race([running, after(args.timeout * 1000 + grace)]);
    const cells = settled ?? hung(notebook, args.timeout);
    const values = new Map<string, ValueFile>();
    for (const name of args.values) {
      if (!settled) break;
      const value = await sealed.page.evaluate(
        (n) => (globalThis as unknown as { engrailed: Automation }).engrailed.value(n),
        name,
      );
      if (!value) return bad(`unknown name in --values: ${name}`);
      values.set(name, value);
    }
    const ok = cells.every((cell) => cell.state === "fulfilled");
    await write(resolve(args.out), notebook.title, ok, cells, values);
    for (const cell of cells)
      if (cell.state !== "fulfilled")
        process.stderr.write(
          `cell ${cell.id} ${cell.state}${cell.error ? `: ${cell.error}` : ""}\n`,
        );
    for (const url of sealed.denied) process.stderr.write(`denied: ${url}\n`);
    process.stdout.write(
      `${notebook.title}: ${cells.filter((c) => c.state === "fulfilled").length} of ${cells.length} cells, in ${relative(process.cwd(), resolve(args.out)) || "."}\n`,
    );
    return ok ? 0 : 1;
  } finally {
    await sealed.close();
    await server.close();
  }
}

/** How long after the timeout the page may take to say how its cells stand, in ms. */
const grace = 3000;

function after(ms: number): Promise<null> {
  return new Promise((done) => setTimeout(done, ms, null).unref());
}

/** The cells of a notebook whose page no longer answers: one of them never lets go, and none can be asked. */
function hung(notebook: Notebook, timeout: number): CellOutcome[] {
  process.stderr.write("a cell holds the page and does not end\n");
  return notebook.cells.map((cell) => ({
    id: cell.id,
    name: outputsOf(cell).join(", ") || null,
    state: "pending",
    error: null,
    text: "",
    ms: timeout * 1000,
    format: "html",
    markup: "",
  }));
}

async function write(
  out: string,
  title: string,
  ok: boolean,
  cells: readonly CellOutcome[],
  values: ReadonlyMap<string, ValueFile>,
): Promise<void> {
  await mkdir(join(out, "cells"), { recursive: true });
  const summary = cells.map(({ id, name, state, error, text, ms }) => ({
    id,
    name,
    state,
    error,
    text,
    ms,
  }));
  await writeFile(
    join(out, "notebook.json"),
    `${JSON.stringify({ title, ok, cells: summary }, null, 2)}\n`,
  );
  for (const cell of cells)
    await writeFile(join(out, "cells", `${cell.id}.${cell.format}`), cell.markup);
  if (!values.size) return;
  await mkdir(join(out, "values"), { recursive: true });
  for (const [name, value] of values)
    await writeFile(join(out, "values", `${name}.${value.format}`), value.text);
}

function bad(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

const args = parseArguments(process.argv.slice(2));
if (typeof args === "string") {
  process.stderr.write(`${args}\n${usage}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await main(args).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
}
