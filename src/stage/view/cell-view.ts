import type { Cell } from "../../notebook/types.ts";
import type { Completions, EditorCommand } from "../editor/types.ts";
import { createAdder } from "./adder.ts";
import { createCellBar } from "./cell-bar.ts";
import { type Failure, renderFailure } from "./cell-failure.ts";
import { createCellOutput } from "./cell-output.ts";
import { createCellSource, type CellSource } from "./cell-source.ts";
import { cellLabel, describeStanding, formatTook, progressShare } from "./cell-state.ts";
import type { CommandName } from "./commands.ts";
import { element, setAttribute } from "./element.ts";
import { icon } from "./icon.ts";
import { isRunnable, modeNames } from "./mode-names.ts";
import type { Progress } from "../../base/progress.ts";
import type { CellState } from "../runtime/types.ts";
import type { CellReport, EditorModule } from "./types.ts";

export interface CellEvents {
  readonly command: (id: number, command: CommandName) => void;
  readonly editorCommand: (id: number, command: EditorCommand) => void;
  readonly menu: (id: number, anchor: HTMLElement) => void;
  readonly insertBelow: (id: number, anchor: HTMLElement) => void;
  readonly input: (id: number, value: string) => void;
  readonly field: (id: number, name: "output" | "database", value: string) => void;
  readonly enter: (id: number, offset: number | undefined) => void;
  readonly toggle: (id: number) => void;
  readonly reveal: (id: number) => void;
  readonly displayed: (id: number) => void;
  readonly loadEditor: () => Promise<EditorModule>;
  readonly editorModule: () => EditorModule | null;
  readonly dark: () => boolean;
  readonly complete: () => Completions;
}

/** Everything about a cell that the document or the view decides, and not its run. */
export interface CellProps {
  readonly cell: Cell;
  readonly index: number;
  readonly selected: boolean;
  /** The one cell that Tab reaches. */
  readonly tabbable: boolean;
  readonly editing: boolean;
  readonly open: boolean;
  readonly readOnly: boolean;
}

/** What a cell's run looks like from outside. */
export interface CellRun {
  readonly state: CellState;
  readonly ran: boolean;
  readonly edited: boolean;
  readonly progress: Progress | null;
  readonly failure: Failure | null;
  readonly startedAt: number;
  readonly names: readonly string[];
}

export interface CellView {
  readonly id: number;
  readonly element: HTMLElement;
  readonly root: HTMLElement;
  readonly source: CellSource;
  render(props: CellProps): void;
  report(report: CellReport, now: number): void;
  /** Its text as it stands is what runs now. */
  markRun(): void;
  /** Shows how long the run has taken so far. */
  tick(now: number): void;
  run(): CellRun;
  label(): string;
  dispose(): void;
}

/** One cell on the page: output, failure, preview and source, with its gutter. */
export function createCellView(initial: Cell, events: CellEvents): CellView {
  const { id } = initial;
  let props: CellProps | null = null;
  let state: CellState = "idle";
  let ranText: string | null = null;
  let progress: Progress | null = null;
  let failure: Failure | null = null;
  let names: readonly string[] = [];
  let startedAt = 0;
  let ms: number | null = null;

  const output = createCellOutput((appeared) => {
    if (appeared) update();
    events.displayed(id);
  });
  const source = createCellSource(initial, {
    loadEditor: events.loadEditor,
    editorModule: events.editorModule,
    dark: events.dark,
    complete: events.complete,
    onInput: (value) => events.input(id, value),
    onCommand: (command) => events.editorCommand(id, command),
    onEnter: (offset) => events.enter(id, offset),
  });
  const bar = createCellBar({
    onCommand: (command) => events.command(id, command),
    onMenu: (anchor) => events.menu(id, anchor),
    onField: (name, value) => events.field(id, name, value),
  });

  const fold = element("button", { type: "button", class: "cell-fold" }, icon("chevron"));
  const menu = element(
    "button",
    {
      type: "button",
      class: "cell-menu",
      "aria-label": "Menu of the cell",
      "aria-haspopup": "menu",
    },
    icon("dots"),
  );
  const meter = element("div", { class: "cell-meter", role: "progressbar", hidden: true });
  const standing = element("p", { class: "cell-standing", id: `standing-${id}` });
  const failed = element("div", { class: "cell-failed" });
  const placard = element("p", { class: "cell-placard", hidden: true });
  const previewText = element("code");
  const preview = element("button", { type: "button", class: "cell-preview" }, previewText);
  const panel = element(
    "div",
    { class: "cell-source", id: `source-${id}` },
    bar.element,
    source.element,
  );
  const adder = createAdder((anchor) => events.insertBelow(id, anchor));
  const main = element(
    "div",
    { class: "cell-main" },
    meter,
    standing,
    output.element,
    failed,
    placard,
    preview,
    panel,
  );
  const article = element(
    "article",
    { class: "cell", id: `cell-${id}`, "data-id": id, "aria-describedby": standing.id },
    element("div", { class: "cell-gutter" }, fold, menu),
    main,
    adder,
  );
  setAttribute(fold, "aria-controls", panel.id);
  fold.addEventListener("click", () => events.toggle(id));
  preview.addEventListener("click", () => events.toggle(id));
  menu.addEventListener("click", () => events.menu(id, menu));

  const isEdited = () => {
    if (!props || ranText === null) return false;
    return ranText !== textOf(props.cell);
  };

  const updateStanding = (now: number) => {
    const words =
      props && state !== "pending" && (!props.cell.value.trim() || !isRunnable(props.cell))
        ? ""
        : describeStanding({
            state,
            edited: isEdited(),
            ran: ranText !== null,
            progress,
            elapsed: state === "pending" ? now - startedAt : 0,
            waits: failure?.cause !== undefined,
          });
    if (standing.textContent !== words) standing.textContent = words;
    standing.hidden = words === "";
    const place = props?.open && (isEdited() || output.empty()) ? bar.element : main;
    if (standing.parentElement !== place) place.insertBefore(standing, place.lastElementChild);
    standing.title = state === "fulfilled" && ms !== null ? `took ${formatTook(ms)}` : "";
  };

  const update = () => {
    if (!props) return;
    const { cell, index, selected, tabbable, editing, open, readOnly } = props;
    const runnable = isRunnable(cell);
    const empty = output.empty() && !failure;
    setAttribute(article, "tabindex", tabbable ? 0 : -1);
    setAttribute(article, "aria-label", cellLabel(cell, index, names));
    setAttribute(article, "aria-current", selected ? "true" : null);
    setAttribute(article, "data-state", runnable ? state : "inert");
    setAttribute(article, "data-mode", cell.mode);
    setAttribute(article, "data-open", open);
    setAttribute(article, "data-pinned", cell.pinned);
    setAttribute(article, "data-selected", selected);
    setAttribute(article, "data-editing", editing);
    setAttribute(article, "data-edited", isEdited());
    setAttribute(article, "data-empty", empty);
    setAttribute(article, "aria-busy", state === "pending" ? "true" : null);
    const inner = selected ? null : -1;
    for (const button of [fold, menu]) setAttribute(button, "tabindex", inner);
    setAttribute(fold, "aria-expanded", String(open));
    setAttribute(fold, "aria-label", open ? "Fold source" : "Unfold source");
    fold.title = open ? "Fold source (O)" : "Unfold source (O)";
    menu.hidden = readOnly;
    adder.hidden = readOnly;
    panel.hidden = !open;
    const rendering = ranText !== null && (state === "idle" || state === "pending");
    preview.hidden = open || !empty || (rendering && isProse(cell));
    if (!preview.hidden) {
      const line = inOneLine(cell.value);
      previewText.textContent = line || "empty cell";
      setAttribute(preview, "aria-label", `Unfold source: ${line || "empty cell"}`);
    }
    placard.hidden = runnable;
    if (!runnable)
      placard.textContent = `${modeNames[cell.mode]} cells don’t run here. The cell is kept as it is.`;
    if (open) bar.update(cell, readOnly, selected);
    if (open || source.hasFocus())
      source.update(cell, `Source of ${cellLabel(cell, index, names)}`, readOnly || !runnable);
    updateMeter();
    updateStanding(performance.now());
  };

  const updateMeter = () => {
    meter.hidden = state !== "pending";
    const share = progressShare(progress);
    setAttribute(meter, "data-unknown", share === null);
    setAttribute(meter, "aria-label", progress?.label || "running");
    setAttribute(meter, "aria-valuenow", share === null ? null : Math.round(share * 100));
    meter.style.setProperty("--share", String(share ?? 0));
  };

  const showFailure = (report: CellReport | null) => {
    const { error, line, cause, actions } = report ?? {};
    failure = report && { error, line, cause, actions };
    failed.replaceChildren(...(failure ? [renderFailure(failure, events.reveal)] : []));
    setAttribute(article, "data-waits", failure?.cause !== undefined);
  };

  return {
    id,
    element: article,
    root: output.root,
    source,
    render(next) {
      props = next;
      update();
    },
    report(report, now) {
      if (report.names) names = report.names;
      if (report.ms !== undefined) ms = report.ms;
      if (report.state !== undefined) {
        const before = state;
        state = report.state;
        if (state === "pending" && before !== "pending") {
          startedAt = now;
          output.hold();
        } else if (state !== "pending" && before === "pending") output.release();
        if (state !== before) progress = null;
        if (state === "fulfilled" || state === "rejected") ranText ??= props && textOf(props.cell);
        showFailure(state === "rejected" ? report : null);
      }
      if (report.progress !== undefined) progress = report.progress;
      update();
    },
    markRun() {
      if (props) ranText = textOf(props.cell);
      update();
    },
    tick(now) {
      if (state === "pending") updateStanding(now);
    },
    run: () => ({
      state,
      ran: ranText !== null,
      edited: isEdited(),
      progress,
      failure,
      startedAt,
      names,
    }),
    label: () => (props ? cellLabel(props.cell, props.index, names) : `Cell ${id}`),
    dispose() {
      output.dispose();
      source.dispose();
    },
  };
}

function textOf(cell: Cell): string {
  return `${cell.mode} ${cell.hidden}\n${cell.output ?? ""}\n${cell.database ?? ""}\n${cell.value}`;
}

/** Types that always display something: until they do, their source in its place would only flash. */
function isProse({ mode, value }: Cell): boolean {
  return (mode === "md" || mode === "html" || mode === "tex") && value.trim() !== "";
}

/** The source in one line, as much as may be seen of it; a comment at its head by itself. */
function inOneLine(value: string): string {
  const text = value.trim();
  const head = text.split("\n", 1)[0];
  const line = /^(\/\/|--)/.test(head) ? head : text.slice(0, 400).replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
