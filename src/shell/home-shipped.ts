import { EngrailedError, isAbortError } from "../base/errors.ts";
import type { ShellContext } from "./context.ts";
import { h } from "./element.ts";
import { formatCount } from "./format-count.ts";
import { formatSize } from "./format-size.ts";
import { draftId } from "./open.ts";
import { hashOf } from "./route.ts";
import { fetchShipped, type ShippedNotebook } from "./shipped.ts";

/** The shipped notebooks as a list of entries, filled when their index has come. */
export function homeShipped(context: ShellContext, signal: AbortSignal): HTMLElement {
  const list = h(
    "div",
    { class: "entries", "aria-busy": "true" },
    h("p", { class: "empty" }, "Fetching the list…"),
  );
  fill(list, context, signal).catch((error: unknown) => {
    if (isAbortError(error)) return;
    const help = error instanceof EngrailedError ? error.details.help : undefined;
    list.replaceChildren(
      h("p", { class: "empty" }, `The notebooks could not be listed. ${help ?? ""}`),
    );
    list.removeAttribute("aria-busy");
  });
  return list;
}

async function fill(list: HTMLElement, context: ShellContext, signal: AbortSignal): Promise<void> {
  const [shipped, own] = await Promise.all([
    fetchShipped(context.base, context.fetch, { signal }),
    context.store.notebooks().catch(() => []),
  ]);
  const drafts = new Set(own.map((record) => record.id));
  list.replaceChildren(
    h("ol", {}, ...shipped.map((notebook) => h("li", {}, entry(notebook, drafts)))),
  );
  list.removeAttribute("aria-busy");
}

function entry(notebook: ShippedNotebook, drafts: ReadonlySet<string>): HTMLElement {
  const facts = [
    notebook.records === null ? null : `${formatCount(notebook.records)} records`,
    notebook.size === null ? null : formatSize(notebook.size),
    drafts.has(draftId(notebook.path)) ? "changed by you" : null,
  ].filter((fact) => fact !== null);
  return h(
    "a",
    { class: "entry", href: hashOf({ view: "shipped", path: notebook.path }) },
    h("span", { class: "entry-title" }, notebook.title),
    h("span", { class: "entry-text" }, notebook.description),
    facts.length > 0 && h("span", { class: "entry-facts" }, facts.join(" · ")),
  );
}
