import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { JSDOM } from "jsdom";
import {
  attachmentNames,
  outputsOf,
  parseNotebook,
  type Notebook,
} from "../../src/notebook/index.ts";
import type { CellOutcome, ValueFile } from "../../src/protocol/stage.ts";
import type { RunArguments } from "./notebook-arguments.ts";
import { sealedBrowser } from "./sealed-page.ts";
import { serveStatic } from "./static-server.ts";

interface Automation {
  open(path: string, options: { attach: Record<string, string> }): Promise<void>;
  settled(timeout: number): Promise<CellOutcome[]>;
  value(name: string): Promise<ValueFile | null>;
}

/** Runs notebooks one after the other, in one browser. */
export interface NotebookRunner {
  /** Runs a notebook and writes what API.md's runner writes; the process's exit code. */
  run(args: RunArguments): Promise<0 | 1 | 2>;
  close(): Promise<void>;
}

/**
 * Starts a browser in which every network but this runner's own server is denied. `dist` is the built page's folder;
 * `say` hears what went wrong, `tell` the last line of each run.
 */
export async function notebookRunner({
  dist,
  say,
  tell,
}: {
  readonly dist: string;
  readonly say: (line: string) => void;
  readonly tell: (line: string) => void;
}): Promise<NotebookRunner> {
  const { DOMParser } = new JSDOM("").window;
  const folders: Record<string, string> = { "/": dist };
  const server = await serveStatic({ folders });
  const browser = await sealedBrowser(server.origin);

  async function run(args: RunArguments): Promise<0 | 1 | 2> {
    const path = resolve(args.notebook);
    const text = await readFile(path, "utf8").catch(() => null);
    if (text === null) return bad(`no such notebook: ${args.notebook}`);
    for (const { file } of args.attach) if (!existsSync(file)) return bad(`no such file: ${file}`);
    const notebook = parseNotebook(text, { parser: new DOMParser() });

    const at = `/run${dirname(path)}/`;
    for (const old of Object.keys(folders)) if (old !== "/") delete folders[old];
    folders[`${at}${basename(path)}`] = path;
    for (const name of attachmentNames(notebook)) {
      if (isAbsolute(name) || /^[a-z]+:/i.test(name)) continue;
      folders[decodeURIComponent(new URL(name, `http://x${at}`).pathname)] = resolve(
        dirname(path),
        name,
      );
    }
    args.attach.forEach(({ file }, i) => (folders[`/attach/${i}`] = resolve(file)));

    const sealed = await browser.open();
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
      if (!settled) say("a cell holds the page and does not end");
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
      const fulfilled = cells.filter((cell) => cell.state === "fulfilled").length;
      const ok = fulfilled === cells.length;
      await write(resolve(args.out), notebook.title, ok, cells, values);
      for (const { id, state, error } of cells)
        if (state !== "fulfilled") say(`cell ${id} ${state}${error ? `: ${error}` : ""}`);
      for (const url of sealed.denied) say(`denied: ${url}`);
      const out = relative(process.cwd(), resolve(args.out)) || ".";
      tell(`${notebook.title}: ${fulfilled} of ${cells.length} cells, in ${out}`);
      return ok ? 0 : 1;
    } finally {
      await sealed.close();
    }
  }

  function bad(message: string): 2 {
    say(message);
    return 2;
  }

  return {
    run,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** How long after the timeout the page may take to say how its cells stand, in ms. */
const grace = 3000;

function after(ms: number): Promise<null> {
  return new Promise((done) => setTimeout(done, ms, null).unref());
}

/** The cells of a notebook whose page no longer answers: one of them never lets go, and none can be asked. */
function hung(notebook: Notebook, timeout: number): CellOutcome[] {
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
