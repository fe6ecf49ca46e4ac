import {
  compileCell,
  newCell,
  outputsOf,
  type Cell,
  type CellMode,
} from "../../../src/notebook/index.ts";
import {
  createNotebookRuntime,
  type CellOutcome,
  type CellStatus,
  type NotebookRuntime,
  type RuntimeOptions,
} from "../../../src/stage/runtime/index.ts";
import { stripTypes } from "../../../src/notebook/strip-types.ts";
import * as Generators from "../../../src/stage/runtime/generators.ts";
import { Mutable } from "../../../src/stage/runtime/mutable.ts";

/** Imports a module of this text as the browser does, but from a data URL; its fragment is the name that stacks tell. */
export function importText(text: string): Promise<Record<string, unknown>> {
  const name = /sourceURL=(\S+)/.exec(text)?.[1] ?? "module.js";
  const url = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}#${name}`;
  return import(/* @vite-ignore */ url);
}

/** A running notebook for tests, from the texts of its cells: `run({1: "const a = 1", 2: "a + 1"})`. */
export interface TestNotebook {
  readonly runtime: NotebookRuntime;
  /** Every state that each cell went through. */
  readonly states: Record<number, string[]>;
  readonly progress: [number, unknown][];
  root(id: number): HTMLElement;
  /** What a cell shows. */
  text(id: number): string;
  status(id: number): CellStatus;
  run(cells: Readonly<Record<number, string | Partial<Cell>>>): Promise<void>;
  settled(timeout?: number): Promise<CellOutcome[]>;
}

export function testNotebook(
  builtins: Readonly<Record<string, () => unknown>> = {},
  options: Partial<RuntimeOptions> = {},
): TestNotebook {
  const states: Record<number, string[]> = {};
  const progress: [number, unknown][] = [];
  const roots = new Map<number, HTMLElement>();
  const runtime = createNotebookRuntime({
    builtins: { Generators: () => Generators, Mutable: () => Mutable, ...builtins },
    importModule: importText,
    onState: (id, { state }) => void (states[id] ??= []).push(state),
    onProgress: (id, p) => void progress.push([id, p]),
    ...options,
  });
  const root = (id: number): HTMLElement => {
    const known = roots.get(id) ?? document.createElement("div");
    if (!known.isConnected) document.body.append(known);
    roots.set(id, known);
    return known;
  };
  return {
    runtime,
    states,
    progress,
    root,
    text: (id) => root(id).textContent ?? "",
    status: (id) => runtime.status(id) ?? { state: "idle", ms: 0 },
    async run(cells) {
      const runs = Object.entries(cells).map(async ([key, given]) => {
        const id = Number(key);
        const part = typeof given === "string" ? { value: given } : given;
        const mode: CellMode = part.mode ?? "js";
        const cell = { ...newCell(id, mode), ...part };
        try {
          return { id, root: root(id), definition: await compileCell(cell, { stripTypes }) };
        } catch (error) {
          return { id, root: root(id), error, names: outputsOf(cell) };
        }
      });
      await runtime.define(await Promise.all(runs));
    },
    settled: (timeout = 2000) => runtime.settled(timeout),
  };
}

/** Waits until `check` no longer throws. */
export async function until(check: () => void, timeout = 2000): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
