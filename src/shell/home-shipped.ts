import { EngrailedError, isAbortError } from "../base/errors.ts";
import type { ShellContext } from "./context.ts";
import { h } from "./element.ts";
import { formatCount } from "./format-count.ts";
import { formatSize } from "./format-size.ts";
import { draftId } from "./open.ts";
import { hashOf } from "./route.ts";
import { fetchShipped, type ShippedNotebook } from "./shipped.ts";

/** What ships with the page: notebooks to read, and the manual's pages by chapter. */
export interface ShippedLists {
  readonly notebooks: HTMLElement;
  readonly manual: HTMLElement;
}

/** The shipped notebooks and the manual as lists, filled when their index has come. */
export function homeShipped(context: ShellContext, signal: AbortSignal): ShippedLists {
  const notebooks = waiting("entries");
  const manual = waiting("manual");
  fill(notebooks, manual, context, signal)
    .catch((error: unknown) => {
      if (isAbortError(error)) return;
      const help = error instanceof EngrailedError ? error.details.help : undefined;
      for (const list of [notebooks, manual])
        list.replaceChildren(
          h("p", { class: "empty" }, `The notebooks could not be listed. ${help ?? ""}`),
        );
    })
    .finally(() => {
      notebooks.removeAttribute("aria-busy");
      manual.removeAttribute("aria-busy");
    });
  return { notebooks, manual };
}

function waiting(name: string): HTMLElement {
  return h(
    "div",
    { class: name, "aria-busy": "true" },
    h("p", { class: "empty" }, "Fetching the list…"),
  );
}

async function fill(
  notebooks: HTMLElement,
  manual: HTMLElement,
  context: ShellContext,
  signal: AbortSignal,
): Promise<void> {
  const [shipped, own] = await Promise.all([
    fetchShipped(context.base, context.fetch, { signal }),
    context.store.notebooks().catch(() => []),
  ]);
  const drafts = new Set(own.map((record) => record.id));
  notebooks.replaceChildren(
    h(
      "ol",
      {},
      ...shipped
        .filter(({ chapter }) => chapter === null)
        .map((notebook) => h("li", {}, entry(notebook, drafts))),
    ),
  );
  const pages = shipped.filter(({ chapter }) => chapter !== null);
  const chapters = [...new Set(pages.map(({ chapter }) => chapter))];
  manual.replaceChildren(
    ...chapters.map((chapter) =>
      h(
        "section",
        {},
        h("h3", {}, chapter),
        h(
          "ul",
          {},
          ...pages
            .filter((page) => page.chapter === chapter)
            .map((page) => h("li", {}, manualPage(page, drafts))),
        ),
      ),
    ),
  );
}

function manualPage(page: ShippedNotebook, drafts: ReadonlySet<string>): HTMLElement {
  return h(
    "a",
    {
      class: "manual-page",
      href: hashOf({ view: "shipped", path: page.path }),
      title: page.description,
    },
    page.title,
    drafts.has(draftId(page.path)) && h("span", { class: "manual-note" }, " (changed by you)"),
  );
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
