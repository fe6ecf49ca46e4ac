import { renderError } from "../runtime/render-error.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";
import type { ViewAction } from "./types.ts";

/** Why a cell is rejected, and what can be done. */
export interface Failure {
  readonly error: unknown;
  /** The line of the cell, where the error knows no place of its own. */
  readonly line?: number;
  /** The cell that failed first, when this one only waits on it. */
  readonly cause?: { readonly id: number; readonly name: string };
  readonly actions?: readonly ViewAction[];
}

/** A failure as its cell shows it. One that only waits on another cell names that, and `reveal` leads there. */
export function renderFailure(failure: Failure, reveal: (cellId: number) => void): HTMLElement {
  const { error, line, cause, actions = [] } = failure;
  if (cause) {
    const link = element("button", { type: "button", class: "link" }, cause.name);
    link.addEventListener("click", () => reveal(cause.id));
    return element(
      "div",
      { class: "failure failure-waits", role: "group", "aria-label": "Waits on a failed cell" },
      icon("warn"),
      element("p", {}, "This cell waits on ", link, ", which failed."),
    );
  }
  const panel = element("div", { class: "failure" }, icon("warn"), renderError(error, line));
  for (const action of actions) {
    const button = element("button", { type: "button", class: "button" }, action.label);
    button.addEventListener("click", action.run);
    panel.lastElementChild?.append(button);
  }
  return panel;
}

/** A failure in one line, for the live region. */
export function failureSentence({ error, cause }: Failure): string {
  if (cause) return `waits on ${cause.name}, which failed`;
  const message = error instanceof Error ? error.message : String(error);
  return message.length > 200 ? `${message.slice(0, 200)}…` : message;
}
