import type { Notebook } from "../../notebook/types.ts";
import { progressShare } from "./cell-state.ts";
import type { CellView } from "./cell-view.ts";
import { element } from "./element.ts";
import { isRunnable } from "./mode-names.ts";
import { readOutline } from "./outline.ts";
import type { ViewHost, ViewStatus } from "./types.ts";

/** Tells the host, at most once a frame, how the notebook stands, and the reader, politely, what matters. */
export interface Reports {
  /** A polite live region, not seen. */
  readonly element: HTMLElement;
  /** Some cell's standing has changed. */
  standing(): void;
  /** Some heading may have changed. */
  headings(): void;
  announce(text: string): void;
  dispose(): void;
}

const frame = 16;
const headingsRest = 200;
const tickTime = 500;

export function createReports(
  host: ViewHost,
  notebook: () => Notebook,
  get: (id: number) => CellView | undefined,
): Reports {
  const live = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  let standingTimer = 0;
  let headingsTimer = 0;
  let announceTimer = 0;
  let ticker = 0;
  let sent = "";

  const tellStanding = () => {
    standingTimer = 0;
    const status = readStatus(notebook(), get);
    if (status.running > 0 && !ticker) ticker = window.setInterval(tick, tickTime);
    if (status.running === 0 && ticker) {
      clearInterval(ticker);
      ticker = 0;
    }
    host.status(status);
  };
  const tick = () => {
    const now = performance.now();
    for (const { id } of notebook().cells) get(id)?.tick(now);
  };
  const tellHeadings = () => {
    headingsTimer = 0;
    const headings = readOutline(notebook(), (id) => get(id)?.root);
    const text = JSON.stringify(headings);
    if (text === sent) return;
    sent = text;
    host.outline(headings);
  };

  return {
    element: live,
    standing() {
      standingTimer ||= window.setTimeout(tellStanding, frame);
    },
    headings() {
      headingsTimer ||= window.setTimeout(tellHeadings, headingsRest);
    },
    announce(text) {
      clearTimeout(announceTimer);
      live.textContent = "";
      announceTimer = window.setTimeout(() => (live.textContent = text), 100);
    },
    dispose() {
      for (const timer of [standingTimer, headingsTimer, announceTimer]) clearTimeout(timer);
      clearInterval(ticker);
    },
  };
}

function readStatus(notebook: Notebook, get: (id: number) => CellView | undefined): ViewStatus {
  let running = 0;
  let failed = 0;
  let stale = 0;
  let label: string | null = null;
  let progress: number | null = null;
  let best = -1;
  for (const [index, cell] of notebook.cells.entries()) {
    const run = get(cell.id)?.run();
    if (!run) continue;
    if (run.state === "rejected" && run.failure?.cause === undefined) ++failed;
    if (
      isRunnable(cell) &&
      (run.state === "stale" || run.edited || (!run.ran && cell.value.trim()))
    )
      ++stale;
    if (run.state !== "pending") continue;
    ++running;
    const rank = run.progress ? 1 : 0;
    if (rank <= best) continue;
    best = rank;
    label = run.progress?.label ?? `running ${run.names[0] ?? `cell ${index + 1}`}`;
    progress = progressShare(run.progress);
  }
  return { running, failed, stale, cells: notebook.cells.length, label, progress };
}
