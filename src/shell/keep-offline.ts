import { isAbortError } from "../base/errors.ts";
import type { ShellContext } from "./context.ts";
import { h } from "./element.ts";
import { formatSize } from "./format-size.ts";

/** "Keep all offline": what would be fetched, its progress, and what is kept; or why it can't be. */
export function keepOffline(context: ShellContext, signal: AbortSignal): HTMLElement {
  const { offline, notices } = context;
  const element = h("div", { class: "keep", "aria-live": "polite" });
  let running: AbortController | null = null;

  async function show(): Promise<void> {
    if (!offline.possible) {
      element.replaceChildren(
        h(
          "p",
          { class: "muted" },
          "Opened this way, the page can't be kept for use without a network. It can from an https address.",
        ),
      );
      return;
    }
    const contents = offline.failed ? null : await offline.contents();
    if (signal.aborted || running) return;
    if (!contents) {
      element.replaceChildren(
        offline.failed
          ? h(
              "p",
              { class: "muted" },
              "This browser did not let the page keep itself for use without a network.",
            )
          : "",
      );
      return;
    }
    const left = contents.rest.filter((file) => !file.kept);
    if (left.length === 0) {
      element.replaceChildren(
        h("p", {}, "✓ All notebooks and their data are kept: this page opens without a network."),
      );
      return;
    }
    const bytes = left.reduce((sum, file) => sum + file.size, 0);
    element.replaceChildren(
      h(
        "p",
        {},
        "This page opens without a network, with every notebook that you have opened once. ",
        h(
          "button",
          { class: "button-link", type: "button", onclick: () => void keep() },
          `Keep all offline (${formatSize(bytes)})`,
        ),
      ),
    );
  }

  async function keep(): Promise<void> {
    running = new AbortController();
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Keeping all offline" });
    const words = h("span", {}, "Starting…");
    const stop = running;
    element.replaceChildren(
      h(
        "p",
        { class: "keep-running" },
        bar,
        words,
        h("button", { class: "button-link", type: "button", onclick: () => stop.abort() }, "Stop"),
      ),
    );
    try {
      await navigator.storage?.persist?.().catch(() => false);
      await offline.keepAll({
        signal: AbortSignal.any([signal, running.signal]),
        onProgress: ({ label, done, total }) => {
          bar.value = total > 0 ? done / total : 0;
          words.textContent = `${formatSize(done)} of ${formatSize(total)}: ${label}`;
        },
      });
    } catch (error) {
      if (!isAbortError(error)) notices.error(error);
    }
    running = null;
    await show();
  }

  const refresh = () => void show().catch(() => element.replaceChildren());
  const stopListening = offline.onChange(refresh);
  signal.addEventListener("abort", stopListening, { once: true });
  refresh();
  return element;
}
