import { serializeNotebook } from "../../notebook/serialize-notebook.ts";
import { parseNotebook } from "../../notebook/parse-notebook.ts";
import { outputsOf } from "../../notebook/outputs-of.ts";
import type { Notebook } from "../../notebook/types.ts";
import type { Remote } from "../../protocol/ports.ts";
import type { CatalogEntry, FileEntry, ShellApi, StageApi } from "../../protocol/stage.ts";
import type { EnginePort } from "../data/engine-port.ts";
import { createNotebookRuntime } from "../runtime/create-notebook-runtime.ts";
import { errorParts } from "../runtime/render-error.ts";
import type { NotebookRuntime } from "../runtime/types.ts";
import { catalogEntry } from "../stdlib/catalog.ts";
import { createStdlib } from "../stdlib/index.ts";
import { inspectOwn } from "../stdlib/inspect-own.ts";
import { writeValue } from "../stdlib/write-value.ts";
import { createNotebookView, type View } from "../view/create-notebook-view.ts";
import { completions } from "./completions.ts";
import { compileAll } from "./compile-all.ts";
import { loadFonts } from "./load-fonts.ts";
import { needed } from "./needed.ts";
import { takeDrops } from "./take-drops.ts";

export interface StageSessionOptions {
  readonly root: HTMLElement;
  readonly engine: EnginePort;
  readonly shell: Remote<ShellApi>;
}

/**
 * Joins document, view and runtime: what the reader edits in the view is told to the shell before it runs, and
 * what the runtime says of its cells is shown in the view.
 */
export function createStageSession({ root, engine, shell }: StageSessionOptions): StageApi {
  let files = new Map<string, FileEntry>();
  const fileListeners = new Set<() => void>();
  let runtime: NotebookRuntime | null = null;
  let reason: "elsewhere" | "stopped" | undefined;
  /** Cells that have been given to the runtime; the others wait until they are run or needed. */
  const defined = new Set<number>();
  let opened = false;
  let told: Promise<void> | void;

  const view: View = createNotebookView({
    root,
    loadEditor: () => import("../editor/index.ts"),
    host: {
      changed(notebook) {
        told = shell.changed(serializeNotebook(notebook));
      },
      run: (ids) => void run(ids),
      removed(ids) {
        for (const id of ids) {
          defined.delete(id);
          runtime?.undefine(id);
        }
      },
      save: () => void shell.save(),
      status: (status) => void shell.status(status),
      outline: (headings) => void shell.outline([...headings]),
      complete: () => completions(runtime, values),
    },
  });
  takeDrops(root.ownerDocument, (dropped) => void shell.dropped(dropped));

  /** Values of names that are known by now, for completion and the data drawer. */
  const values = new Map<string, unknown>();

  function startRuntime(): NotebookRuntime {
    return createNotebookRuntime({
      builtins: createStdlib({
        engine,
        files: {
          get current() {
            return files;
          },
          onChange(listener) {
            fileListeners.add(listener);
            return () => fileListeners.delete(listener);
          },
        },
        root: root.querySelector<HTMLElement>("main") ?? root,
      }),
      importModule,
      inspectValue: inspectOwn,
      showErrors: false,
      onProgress: (id, progress) => view.report(id, { progress }),
      onState(id, status) {
        const actions = status.state === "rejected" ? remedies(status.error) : undefined;
        view.report(id, { ...status, actions });
        if (status.state === "fulfilled") remember(id);
      },
    });
  }

  /** A missing file can be attached where it is missed. */
  function remedies(error: unknown) {
    const name = (error as { details?: { file?: string } } | null)?.details?.file;
    const entry = name === undefined ? undefined : files.get(name);
    if (name === undefined || (entry && entry.error === undefined)) return [];
    return [
      {
        label: `Attach ${name.slice(name.lastIndexOf("/") + 1)}…`,
        run: () => void shell.attach(name),
      },
    ];
  }

  function remember(id: number): void {
    const current = runtime;
    if (!current) return;
    for (const [name, cell] of current.names())
      if (cell === id)
        current.valueOf(name).then(
          (value) => values.set(name, value),
          () => values.delete(name),
        );
  }

  /** Runs cells, and first those that they need and that have not run. */
  async function run(ids: readonly number[]): Promise<void> {
    if (reason === "elsewhere") {
      await shell.run();
      return;
    }
    const notebook = view.notebook();
    runtime ??= startRuntime();
    const wanted = needed(notebook, ids, defined);
    for (const id of wanted) defined.add(id);
    const current = runtime;
    const runs = await compileAll(notebook, wanted, view);
    if (current !== runtime) return;
    await current.define(runs);
    for (const { id, names } of namesOf(notebook, wanted)) view.report(id, { names });
  }

  function tellFiles(): void {
    for (const listener of fileListeners) listener();
  }

  return {
    async open(options) {
      const notebook = parseNotebook(options.text);
      runtime?.dispose();
      runtime = null;
      values.clear();
      defined.clear();
      fileListeners.clear();
      reason = options.run ? undefined : options.reason;
      setTheme(options.dark);
      view.open({
        notebook,
        readOnly: options.readOnly,
        dark: options.dark,
        run: options.run,
        placard: null,
      });
      if (!opened) {
        opened = true;
        void loadFonts(shell);
      }
      if (options.run) await run(notebook.cells.map(({ id }) => id));
    },
    setFiles(list) {
      files = new Map(list.map((entry) => [entry.name, entry]));
      tellFiles();
    },
    ping() {},
    setDark(dark) {
      setTheme(dark);
      view.setDark(dark);
    },
    setReadOnly: (readOnly) => view.setReadOnly(readOnly),
    command(command) {
      if (command === "run-all") reason = undefined;
      view.command(command);
    },
    reveal: (id) => view.reveal(id),
    async flush() {
      view.flush();
      await told;
    },
    insert: (text) => view.insert(text),
    async catalog() {
      return [...values]
        .map(([name, value]) => catalogEntry(name, value))
        .filter((entry): entry is CatalogEntry => entry !== null);
    },
    settled: async (timeout) => (runtime ? runtime.settled(timeout) : []),
    async value(name) {
      if (!runtime?.names().has(name)) return null;
      return writeValue(await runtime.valueOf(name));
    },
    async report() {
      const { reportCells } = await import("../report/report-cells.ts");
      return reportCells(
        view.notebook().cells.map(({ id, mode, pinned, value }) => {
          const status = runtime?.status(id);
          return {
            id,
            mode,
            root: view.output(id),
            state: status?.state,
            error: status?.error === undefined ? null : errorParts(status.error).message,
            source: pinned && value.trim() ? value : null,
          };
        }),
      );
    },
  };
}

function namesOf(notebook: Notebook, ids: readonly number[]) {
  return notebook.cells
    .filter(({ id }) => ids.includes(id))
    .map((cell) => ({ id: cell.id, names: outputsOf(cell) }));
}

function setTheme(dark: boolean): void {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

async function importModule(text: string): Promise<Readonly<Record<string, unknown>>> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  } finally {
    URL.revokeObjectURL(url);
  }
}
