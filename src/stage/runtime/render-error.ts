import { EngrailedError, type ErrorDetails } from "../../base/errors.ts";

const longest = 4000;

const titles: Readonly<Record<string, string>> = {
  ArgumentError: "Can't use this",
  ReadError: "Can't read this",
  QueryError: "The query failed",
  StorageError: "Can't store this",
  WorkError: "Can't compute this",
  AbortError: "Stopped",
};

/** An error as a cell shows it: its kind, what is wrong, where, what the reader can do, and the query that failed. `line` is a line of the cell. */
export function renderError(error: unknown, line?: number): HTMLElement {
  const { name, message, details } = errorParts(error);
  const panel = element("div", "cell-error");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Error");
  const sentence = element("p", "cell-error-message", ` ${clip(message)}`);
  sentence.prepend(element("strong", "cell-error-kind", `${titles[name] ?? name}:`));
  panel.append(sentence);
  const place = placeOf(details) || (line === undefined ? "" : `line ${line} of this cell`);
  if (place) panel.append(element("p", "cell-error-place", place));
  if (details.expected)
    panel.append(element("p", "cell-error-place", `expected: ${details.expected}`));
  if (details.help) panel.append(element("p", "cell-error-help", details.help));
  if (details.sql) {
    const query = document.createElement("details");
    query.append(
      element("summary", "", "The query"),
      element("pre", "cell-error-sql", clip(details.sql)),
    );
    panel.append(query);
  }
  return panel;
}

/** Kind, message and fields of anything that was thrown. */
export function errorParts(error: unknown): {
  name: string;
  message: string;
  details: ErrorDetails;
} {
  if (error instanceof EngrailedError)
    return { name: error.name, message: error.message, details: error.details };
  if (
    error instanceof Error ||
    (typeof error === "object" && error !== null && "message" in error)
  ) {
    const { name, message } = error as Error;
    return { name: name || "Error", message: String(message) || "no message", details: {} };
  }
  let text = "a value that can't be written";
  try {
    text = String(error);
  } catch {
    // an object without a way to text
  }
  return { name: "Thrown", message: text, details: {} };
}

function placeOf({ file, line, column, offset }: ErrorDetails): string {
  return [
    file,
    line === undefined ? "" : `line ${line}`,
    column === undefined ? "" : `column ${column}`,
    offset === undefined ? "" : `byte ${offset}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
