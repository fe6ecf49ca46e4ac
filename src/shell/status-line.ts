import type { EngineStatus } from "../protocol/engine.ts";
import type { Progress } from "../base/progress.ts";
import type { StageStatus } from "../protocol/stage.ts";
import { h } from "./element.ts";
import { formatCount } from "./format-count.ts";
import { formatSize } from "./format-size.ts";

/** The line at the foot: what runs and how far it is, what is loaded, and whether the page is current. */
export interface StatusLine {
  readonly element: HTMLElement;
  stage(status: StageStatus): void;
  engine(status: EngineStatus): void;
  /** What the shell itself is doing; null when it is done. */
  work(progress: Progress | null): void;
  /** A word in place of "Ready": "Not run", "Stopped". */
  rest(word: string): void;
  connection(online: boolean, update: boolean): void;
}

export function statusLine(onUpdate: () => void): StatusLine {
  const words = h("span", { class: "status-words" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Progress", hidden: true });
  const counts = h("span", { class: "status-counts" });
  const loaded = h("span", { class: "status-loaded" });
  const connection = h("span", { class: "status-connection" });
  const element = h(
    "footer",
    { class: "status-line", "aria-label": "Status" },
    h("span", { class: "status-left" }, words, bar),
    counts,
    h("span", { class: "status-right" }, loaded, connection),
  );
  let stage: StageStatus | null = null;
  let engine: EngineStatus | null = null;
  let work: Progress | null = null;
  let rest = "Ready";

  function draw(): void {
    const running = engine?.running[0] ?? null;
    const busy = work !== null || running !== null || (stage !== null && stage.running > 0);
    const label = work?.label ?? running?.label ?? stage?.label ?? null;
    const cells = stage?.running ?? 0;
    words.textContent = !busy
      ? rest
      : label
        ? capital(label)
        : `Running ${cells} cell${cells === 1 ? "" : "s"}`;
    element.classList.toggle("status-busy", busy);
    const part = work ?? running;
    const share = part
      ? part.total > 0
        ? part.done / part.total
        : null
      : (stage?.progress ?? null);
    bar.hidden = !busy || share === null;
    if (share !== null) bar.value = share;
    counts.replaceChildren(
      ...(stage && stage.failed > 0
        ? [h("span", { class: "status-failed" }, `${stage.failed} failed`)]
        : []),
      ...(stage && stage.stale > 0
        ? [h("span", { class: "status-stale" }, `${stage.stale} not run`)]
        : []),
    );
    loaded.textContent =
      engine && engine.records > 0
        ? `${formatCount(engine.records)} records, ${formatSize(engine.bytes)}`
        : "";
  }

  draw();
  return {
    element,
    stage(status) {
      stage = status;
      draw();
    },
    engine(status) {
      engine = status;
      draw();
    },
    work(progress) {
      work = progress;
      draw();
    },
    rest(word) {
      rest = word;
      draw();
    },
    connection(online, update) {
      connection.replaceChildren(
        ...(update
          ? [
              h(
                "button",
                { class: "button-link", type: "button", onclick: onUpdate },
                "Update available: reload",
              ),
            ]
          : online
            ? []
            : [h("span", {}, "Offline")]),
      );
    },
  };
}

function capital(text: string): string {
  return /^\w+\.\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
