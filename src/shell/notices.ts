import { EngrailedError, isAbortError } from "../base/errors.ts";
import { errorWords } from "./error-words.ts";
import { h } from "./element.ts";
import { icon } from "./icon.ts";

export interface NoticeAction {
  readonly label: string;
  readonly run: () => unknown;
}

export interface Notice {
  readonly text: string;
  readonly help?: string;
  readonly tone?: "plain" | "bad";
  readonly actions?: readonly NoticeAction[];
  /** How long it stays, in ms; 0 until it is closed. */
  readonly stay?: number;
}

/** Short messages at the foot of the page, read out by screen readers. */
export interface Notices {
  show(notice: Notice): () => void;
  /** What went wrong, and what to do about it; a stopped call is not worth a word. */
  error(error: unknown): void;
}

export function createNotices(container: HTMLElement = document.body): Notices {
  const list = h("div", { class: "notices", role: "region", "aria-label": "Messages" });
  const polite = h("div", { class: "notices-list", role: "status", "aria-live": "polite" });
  const urgent = h("div", { class: "notices-list", role: "alert" });
  list.append(polite, urgent);
  container.append(list);

  function show({ text, help, tone = "plain", actions = [], stay }: Notice): () => void {
    const close = () => {
      clearTimeout(timer);
      box.remove();
    };
    const box = h(
      "div",
      { class: `notice notice-${tone}` },
      h("div", { class: "notice-text" }, h("p", {}, text), help ? h("p", {}, help) : null),
      ...actions.map((action) =>
        h(
          "button",
          {
            class: "button-link",
            type: "button",
            onclick: () => {
              close();
              action.run();
            },
          },
          action.label,
        ),
      ),
      h(
        "button",
        {
          class: "button-quiet button-icon",
          type: "button",
          "aria-label": "Close message",
          onclick: close,
        },
        icon("close"),
      ),
    );
    const dialogs = document.querySelectorAll("dialog[open]");
    (dialogs[dialogs.length - 1] ?? container).append(list);
    (tone === "bad" ? urgent : polite).append(box);
    const time = stay ?? (tone === "bad" ? 0 : actions.length > 0 ? 12_000 : 5000);
    const timer = time > 0 ? setTimeout(close, time) : undefined;
    return close;
  }

  return {
    show,
    error(error) {
      if (isAbortError(error)) return;
      const message = error instanceof Error ? error.message : String(error);
      const details = error instanceof EngrailedError ? error.details : {};
      show({
        text: errorWords(message, details),
        help: details.help,
        tone: "bad",
      });
    },
  };
}
