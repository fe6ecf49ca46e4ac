import type { ShellContext } from "./context.ts";
import { download } from "./download.ts";
import { h } from "./element.ts";
import { formatSize } from "./format-size.ts";
import { formatWhen } from "./format-when.ts";
import { icon } from "./icon.ts";
import { attachMenu } from "./menu.ts";
import { newId } from "./new-id.ts";
import type { NotebookRecord } from "./records.ts";
import { renameInPlace } from "./rename-in-place.ts";
import { retitle } from "./retitle.ts";
import { routeOf } from "./route-of.ts";
import { hashOf } from "./route.ts";
import { fileName } from "./save-to-disk.ts";
import type { NotebookSize } from "./store.ts";

/** The reader's own notebooks: open, rename, duplicate, download, delete with undo. */
export function homeOwn(
  context: ShellContext,
  signal: AbortSignal,
): { element: HTMLElement; refresh: () => Promise<void> } {
  const { store, notices, clock } = context;
  const element = h("div", { class: "own", "aria-busy": "true" });

  async function refresh(): Promise<void> {
    try {
      const sizes = await store.sizes();
      if (signal.aborted) return;
      element.replaceChildren(
        sizes.length === 0 ? empty() : h("ul", {}, ...sizes.map((size) => row(size))),
      );
    } catch (error) {
      element.replaceChildren(
        h("p", { class: "empty" }, "Your notebooks could not be read from this browser."),
      );
      notices.error(error);
    }
    element.removeAttribute("aria-busy");
  }

  const run = (work: () => Promise<unknown>) => () =>
    work()
      .then(refresh)
      .catch((error: unknown) => notices.error(error));

  function row({ notebook, text, versions, files }: NotebookSize): HTMLElement {
    const link = h(
      "a",
      { class: "own-title", href: hashOf(routeOf(notebook)) },
      notebook.title || "Untitled",
    );
    const more = h(
      "button",
      {
        class: "button-quiet button-icon",
        type: "button",
        "aria-label": `Actions for ${notebook.title}`,
      },
      icon("more"),
    );
    const item = h(
      "li",
      { class: "own-row" },
      h(
        "div",
        { class: "own-text" },
        link,
        h(
          "span",
          { class: "own-facts" },
          [
            `Edited ${formatWhen(notebook.updated, clock.now())}`,
            originWords(notebook),
            formatSize(text + versions + files),
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      ),
      more,
    );
    attachMenu(more, () => [
      {
        label: "Rename",
        run: () =>
          renameInPlace(link, notebook.title, (title) =>
            run(() =>
              store.put(
                {
                  ...notebook,
                  title,
                  text: retitle(context.documents, notebook.text, title),
                  updated: clock.now(),
                },
                { version: true },
              ),
            )(),
          ),
      },
      { label: "Duplicate", run: run(() => duplicate(notebook)) },
      {
        label: "Download",
        run: () =>
          download(new Blob([notebook.text], { type: "text/html" }), fileName(notebook.title)),
      },
      { label: "Delete", danger: true, apart: true, run: run(() => remove(notebook)) },
    ]);
    return item;
  }

  async function duplicate(notebook: NotebookRecord): Promise<void> {
    const bundle = await store.bundle(notebook.id);
    if (!bundle) return;
    const id = newId();
    const title = `${notebook.title} (copy)`;
    const now = clock.now();
    const text = retitle(context.documents, notebook.text, title);
    await store.putBundle({
      notebook: {
        ...notebook,
        id,
        title,
        text,
        origin:
          notebook.origin?.kind === "shipped"
            ? notebook.origin
            : { kind: "notebook", id: notebook.id, title: notebook.title },
        created: now,
        updated: now,
      },
      versions: [{ notebookId: id, number: 1, at: now, text }],
      files: bundle.files.map((file) => ({ ...file, notebookId: id })),
    });
  }

  async function remove(notebook: NotebookRecord): Promise<void> {
    const bundle = await store.remove(notebook.id);
    if (!bundle) return;
    notices.show({
      text: `Deleted “${notebook.title}”.`,
      actions: [{ label: "Undo", run: run(() => store.putBundle(bundle)) }],
    });
  }

  void refresh();
  return { element, refresh };
}

function originWords({ id, origin }: NotebookRecord): string | null {
  if (origin === null) return null;
  if (origin.kind === "file") return `opened from ${origin.name}`;
  if (origin.kind === "notebook") return `copied from “${origin.title}”`;
  const name = origin.path.slice(origin.path.lastIndexOf("/") + 1);
  return id.startsWith("draft:") ? `your changes to ${name}` : `copied from ${name}`;
}

function empty(): HTMLElement {
  return h(
    "p",
    { class: "empty" },
    "None yet. Change a cell in any notebook above and your copy appears here by itself.",
  );
}
