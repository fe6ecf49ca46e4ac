import type { ErrorDetails } from "../../base/errors.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";
import type { CellFailure } from "./types.ts";

const longestMessage = 4000;

/**
 * A cell's failure as it is shown: what happened, where, what can be done. One that only waits on another
 * failed cell names it, and `reveal` leads there.
 */
export function renderFailure(failure: CellFailure, reveal: (cellId: number) => void): HTMLElement {
  const { cause, actions = [] } = failure;
  const panel = element("div", {
    class: cause ? "failure failure-waits" : "failure",
    role: "group",
    "aria-label": cause ? "Waits on a failed cell" : "Error",
  });
  if (cause) {
    const link = element("button", { type: "button", class: "link" }, cause.name);
    link.addEventListener("click", () => reveal(cause.id));
    panel.append(
      icon("warn"),
      element("p", { class: "failure-message" }, "This cell waits on ", link, ", which failed."),
    );
    return panel;
  }
  const { name, message, details } = readError(failure.error);
  const body = element("div", { class: "failure-body" });
  panel.append(icon("warn"), body);
  body.append(
    element(
      "p",
      { class: "failure-message" },
      element("strong", {}, errorTitles[name] ?? name),
      " ",
      clip(message),
    ),
  );
  const where = placeOf(details);
  if (where) body.append(element("p", { class: "failure-place" }, where));
  if (details.help) body.append(element("p", { class: "failure-help" }, details.help));
  if (details.sql)
    body.append(
      element(
        "details",
        { class: "failure-sql" },
        element("summary", {}, "The query"),
        element("pre", { tabindex: 0 }, clip(details.sql)),
      ),
    );
  for (const action of actions) {
    const button = element("button", { type: "button", class: "button" }, action.label);
    button.addEventListener("click", action.run);
    body.append(button);
  }
  return panel;
}

/** A failure in one line, for the live region. */
export function failureSentence(failure: CellFailure): string {
  if (failure.cause) return `waits on ${failure.cause.name}, which failed`;
  const { message } = readError(failure.error);
  return message.length > 200 ? `${message.slice(0, 200)}…` : message;
}

const errorTitles: Readonly<Record<string, string>> = {
  ArgumentError: "Argument",
  ReadError: "Reading",
  QueryError: "Query",
  StorageError: "Storage",
  WorkError: "Calculation",
  AbortError: "Stopped",
  SyntaxError: "Syntax",
};

function readError(error: unknown): { name: string; message: string; details: ErrorDetails } {
  if (typeof error !== "object" || error === null)
    return { name: "Error", message: String(error), details: {} };
  const { name, message, details } = error as Record<string, unknown>;
  return {
    name: typeof name === "string" && name ? name : "Error",
    message:
      typeof message === "string" && message ? message : "something failed without a message",
    details: typeof details === "object" && details !== null ? (details as ErrorDetails) : {},
  };
}

function placeOf({ file, line, column, offset, expected }: ErrorDetails): string {
  const parts: string[] = [];
  if (file) parts.push(file);
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}`);
  if (offset !== undefined) parts.push(`byte ${offset}`);
  if (expected) parts.push(`expected ${expected}`);
  return parts.join(", ");
}

function clip(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
