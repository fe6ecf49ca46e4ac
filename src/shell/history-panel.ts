import { openDialog } from "./dialog.ts";
import { h } from "./element.ts";
import { formatSize } from "./format-size.ts";
import { formatWhen } from "./format-when.ts";
import type { DocumentTools } from "./ports.ts";
import type { VersionRecord } from "./records.ts";
import type { Session } from "./session.ts";
import { versionPreview } from "./version-preview.ts";

export interface HistoryPanelOptions {
  readonly session: Session;
  readonly documents: DocumentTools;
  readonly now: () => number;
  readonly onRestored: (undo: () => void) => void;
  readonly onRevert: () => void;
}

/** The last 50 versions, newest first, each to look at and go back to; the original stands below them. */
export function historyPanel(options: HistoryPanelOptions): {
  element: HTMLElement;
  refresh: () => Promise<void>;
} {
  const { session, now } = options;
  const element = h("div", { class: "history" });

  async function refresh(): Promise<void> {
    const versions = await session.versions().catch(() => []);
    const { text, originText, origin } = session.record;
    element.replaceChildren(
      versions.length === 0
        ? h(
            "p",
            { class: "empty" },
            "No versions yet. One is kept whenever you pause after an edit.",
          )
        : h(
            "ol",
            { reversed: true },
            ...versions.map((version) =>
              h("li", {}, row(version, versionWords(version, text, now()))),
            ),
          ),
      origin === null
        ? ""
        : h(
            "p",
            { class: "history-original" },
            text === originText
              ? "This is the original."
              : h(
                  "button",
                  { class: "button-link", type: "button", onclick: options.onRevert },
                  "Revert to the original",
                ),
          ),
    );
  }

  function row(version: VersionRecord, words: string): HTMLElement {
    return h(
      "button",
      { class: "history-version", type: "button", onclick: () => void look(version) },
      h("span", {}, words),
      h("span", { class: "data-facts" }, formatSize(version.text.length)),
    );
  }

  async function look(version: VersionRecord): Promise<void> {
    const same = version.text === session.text;
    const answer = await openDialog({
      title: `As of ${formatWhen(version.at, now())}`,
      body: versionPreview(version.text, session.text, options.documents),
      wide: true,
      actions:
        same || session.state.readOnly
          ? []
          : [
              { label: "Keep the present text", value: false },
              { label: "Restore this version", value: true, tone: "primary" as const },
            ],
    });
    if (answer) options.onRestored(session.restore(version));
    await refresh();
  }

  return { element, refresh };
}

function versionWords(version: VersionRecord, text: string, now: number): string {
  const when = formatWhen(version.at, now);
  const clock = /now|ago/.test(when) ? `, ${new Date(version.at).toTimeString().slice(0, 8)}` : "";
  const words = when.charAt(0).toUpperCase() + when.slice(1) + clock;
  return version.text === text ? `${words} (present)` : words;
}
