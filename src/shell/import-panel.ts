import { isAbortError, toPlain } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type {
  FileRole,
  ImportFiles,
  ImportOptions,
  ImportPreview,
  InspectedFile,
  NamedFile,
} from "../protocol/import.ts";
import { openDialog } from "./dialog.ts";
import { download } from "./download.ts";
import { h } from "./element.ts";
import { readCall, type ImportPlan } from "./import-cells.ts";
import { importChoices } from "./import-choices.ts";
import { importFileList } from "./import-file-list.ts";
import { foundWords, importFound, importTrouble } from "./import-found.ts";
import type { Notices } from "./notices.ts";
import type { ImportDoor } from "./ports.ts";

/** What the reader decided: the plan in a new notebook or in the open one, or the bare files attached to it. */
export type ImportChoice =
  { readonly where: "new" | "here"; readonly plan: ImportPlan } | { readonly where: "attach" };

export interface ImportPanelOptions {
  readonly files: readonly NamedFile[];
  readonly inspected: Promise<readonly InspectedFile[]>;
  readonly engine: ImportDoor;
  readonly notices: Notices;
  /** A notebook is open that these files can be added to. */
  readonly here: boolean;
  /** Ends the panel's work together with that of `inspected`. */
  readonly life: AbortController;
}

const settle = 250;

/** Shows what the files are taken for and what they make; resolves with what is to be opened, or null when it was closed. */
export async function openImportPanel(options: ImportPanelOptions): Promise<ImportChoice | null> {
  const { files, engine, notices, here, life } = options;
  let inspected: readonly InspectedFile[] = [];
  let roles: readonly (FileRole | null)[] = [];
  let plan: ImportPlan | null = null;
  let preview: ImportPreview | null = null;
  let choice: ImportChoice | null = null;
  let reading: AbortController | null = null;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const list = h("div", {});
  const words = h(
    "p",
    { class: "import-words", role: "status", tabindex: -1, autofocus: true },
    "Looking at the files…",
  );
  const label = h("span", { class: "import-label" });
  const bar = h("progress", { max: 1, "aria-label": "Reading" });
  const stop = button("Stop", () => {
    reading?.abort();
    stopped = true;
    say("Stopped.");
  });
  const again = button("Read", () => void read());
  const work = h("div", { class: "import-work", hidden: true }, bar, label, stop);
  const trouble = h("div", {});
  const result = h("div", {});
  const cell = h("pre", { class: "import-cell", tabindex: 0, "aria-label": "The cell" });
  const source = h(
    "details",
    { hidden: true },
    h("summary", {}, "The cell that this writes"),
    cell,
  );
  const choices = importChoices(() => later());
  const keep = button("Keep as Arrow", () => void keepAsArrow());
  const attach = button("Attach only", () => finish({ where: "attach" }));
  const openNew = button(
    here ? "New notebook" : "Open",
    () => plan && finish({ where: "new", plan }),
  );
  const openHere = button("Add to this notebook", () => plan && finish({ where: "here", plan }));
  (here ? openHere : openNew).classList.add("button-primary");
  choices.element.hidden = true;

  const body = h(
    "div",
    { class: "import" },
    h("div", {}, h("div", { class: "import-state" }, words, again), work, trouble),
    h("section", { "aria-label": "Files" }, list),
    choices.element,
    h("section", { "aria-label": "What they make", class: "import-result" }, result, source),
    h("div", { class: "import-actions" }, keep, here && attach, openNew, here && openHere),
  );

  function button(text: string, onclick: () => unknown): HTMLButtonElement {
    return h("button", { class: "button", type: "button", onclick }, text);
  }

  function finish(value: ImportChoice): void {
    choice = value;
    body.closest("dialog")?.close();
  }

  function say(text: string, problem = false): void {
    words.textContent = text;
    words.classList.toggle("import-problem", problem);
  }

  function draw(): void {
    const busy = reading !== null;
    work.hidden = !busy;
    for (const each of [trouble, result])
      each.classList.toggle("import-stale", busy || timer !== undefined);
    again.hidden = busy || !stopped;
    for (const each of [keep, openNew, openHere]) each.disabled = plan === null;
    source.hidden = plan === null;
    if (plan) cell.textContent = `const experiment = ${readCall(plan.files, plan.options)};`;
    choices.element.hidden = !roles.includes("counts");
    choices.show({ inspected, roles, preview });
  }

  function progress({ label: text, done, total }: Progress): void {
    label.textContent = total > 0 ? `${text}: ${Math.round((100 * done) / total)} %` : text;
    if (total > 0) bar.value = done / total;
    else bar.removeAttribute("value");
  }

  /** Reads again when the choices have come to rest. */
  function later(): void {
    clearTimeout(timer);
    reading?.abort();
    plan = null;
    timer = setTimeout(() => void read(), settle);
    draw();
  }

  async function read(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    stopped = false;
    reading?.abort();
    plan = null;
    const chosen = choices.options();
    if (!roles.includes("counts") || typeof chosen === "string") {
      preview = null;
      result.replaceChildren();
      trouble.replaceChildren();
      say(typeof chosen === "string" ? chosen : noCounts(), true);
      draw();
      return;
    }
    const mine = new AbortController();
    const end = () => mine.abort();
    life.signal.addEventListener("abort", end, { once: true });
    reading = mine;
    progress({ label: "Reading", done: 0, total: 0 });
    say("Reading…");
    draw();
    const given = byRole();
    try {
      const next = await engine.previewExperiment(given, chosen, {
        signal: mine.signal,
        onProgress: progress,
      });
      if (reading !== mine) return;
      show(next, given, chosen);
    } catch (error) {
      if (reading !== mine || mine.signal.aborted) return;
      show({ found: null, problem: toPlain(error), join: null }, given, chosen);
    } finally {
      life.signal.removeEventListener("abort", end);
      if (reading === mine) {
        reading = null;
        draw();
      }
    }
  }

  function show(next: ImportPreview, given: ImportFiles, chosen: ImportOptions): void {
    preview = next;
    plan = next.found && { files: given, options: chosen, found: next.found };
    result.replaceChildren(importFound(next));
    if (next.found) say(foundWords(next.found));
    else say("These files make no experiment yet.", true);
    trouble.replaceChildren(...(next.problem ? [importTrouble(next.problem)] : []));
  }

  function noCounts(): string {
    if (inspected.every(({ problem }) => problem !== null))
      return "None of these can be read as data.";
    const [only, ...others] = roles;
    if (others.length === 0 && (only === "genes" || only === "samples"))
      return `This describes ${only} and holds no counts. Drop it together with the counts, or on an open notebook to attach it.`;
    return inspected.every(({ role }) => role === null)
      ? "None of these holds counts. Drop them on an open notebook to attach them."
      : "Say which file holds the counts.";
  }

  function byRole(): ImportFiles {
    const of = (role: FileRole) => files.filter((_, i) => roles[i] === role);
    return {
      counts: of("counts"),
      samples: of("samples"),
      genes: of("genes"),
      transcripts: of("transcripts"),
    };
  }

  async function keepAsArrow(): Promise<void> {
    if (!plan) return;
    const { found } = plan;
    keep.disabled = true;
    try {
      const bytes = await engine.experimentFile(plan.files, plan.options, { signal: life.signal });
      const name = found.title.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "experiment";
      download(new Blob([bytes], { type: "application/vnd.apache.arrow.file" }), `${name}.arrow`);
    } catch (error) {
      notices.error(error);
    } finally {
      keep.disabled = plan === null;
    }
  }

  options.inspected.then(
    (found) => {
      if (life.signal.aborted) return;
      inspected = found;
      roles = found.map(({ role }) => role);
      list.replaceChildren(
        importFileList(files, found, (next) => {
          roles = next;
          later();
        }),
      );
      void read();
    },
    (error: unknown) => {
      if (isAbortError(error)) return;
      list.replaceChildren();
      say("These files could not be looked at.", true);
      trouble.replaceChildren(importTrouble(toPlain(error)));
    },
  );
  draw();
  const title = files.length === 1 ? files[0].name : `${files.length} files`;
  await openDialog({ title: `Read ${title}`, body, wide: true, steady: true });
  clearTimeout(timer);
  reading = null;
  life.abort();
  return choice;
}
