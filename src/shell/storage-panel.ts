import type { ShellContext } from "./context.ts";
import { openDialog } from "./dialog.ts";
import { h } from "./element.ts";
import { formatSize } from "./format-size.ts";

/** "Where is my data?": what this browser keeps for the page, how much, and how to erase it. */
export async function openStoragePanel(context: ShellContext): Promise<void> {
  const body = h("div", { class: "storage" });
  const fill = () => show(context, body, () => void fill());
  await fill();
  await openDialog({ title: "Where is my data?", body, wide: true });
}

async function show(context: ShellContext, body: HTMLElement, again: () => void): Promise<void> {
  const { store, offline, notices } = context;
  const sizes = await store.sizes().catch(() => []);
  const contents = await offline.contents().catch(() => null);
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  const persisted = await navigator.storage?.persisted?.().catch(() => false);
  const kept = contents?.rest.filter((file) => file.kept) ?? [];
  const keptBytes = kept.reduce((sum, file) => sum + file.size, 0) + (contents?.shell ?? 0);
  const run = (work: () => Promise<unknown>) => () =>
    work()
      .then(again)
      .catch((error: unknown) => notices.error(error));

  body.replaceChildren(
    h(
      "p",
      {},
      store.durable
        ? "In this browser, on this computer, and nowhere else. Notebooks run in a closed frame that can't reach the network or this list. Erasing the browser's site data erases it too, so save to disk what matters."
        : "In this page's memory only: this browser window keeps nothing. Save to disk before you close it.",
    ),
    h(
      "table",
      {},
      h("caption", { class: "visually-hidden" }, "What is kept"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["Notebook", "Text", "Versions", "Files"].map((name, i) =>
            h("th", { scope: "col", class: i > 0 ? "number" : null }, name),
          ),
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Erase")),
        ),
      ),
      h(
        "tbody",
        {},
        ...sizes.map(({ notebook, text, versions, files }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, notebook.title),
            ...[text, versions, files].map((bytes) =>
              h("td", { class: "number" }, bytes === 0 ? "–" : formatSize(bytes)),
            ),
            h(
              "td",
              { class: "number" },
              h(
                "button",
                {
                  class: "button-link",
                  type: "button",
                  "aria-label": `Erase ${notebook.title}`,
                  onclick: run(async () => {
                    const bundle = await store.remove(notebook.id);
                    if (bundle)
                      notices.show({
                        text: `Erased “${notebook.title}”.`,
                        actions: [{ label: "Undo", run: run(() => store.putBundle(bundle)) }],
                      });
                  }),
                },
                "Erase",
              ),
            ),
          ),
        ),
        sizes.length === 0 &&
          h("tr", {}, h("td", { colspan: 5, class: "muted" }, "No notebooks of your own.")),
      ),
    ),
    h(
      "dl",
      {},
      h("dt", {}, "The page and its data, for use without a network"),
      h(
        "dd",
        {},
        contents ? formatSize(keptBytes) : "not kept",
        kept.length > 0 &&
          h(
            "button",
            { class: "button-link", type: "button", onclick: run(() => offline.forget()) },
            "Erase the data",
          ),
      ),
      estimate?.usage !== undefined && h("dt", {}, "All that the browser counts for this site"),
      estimate?.usage !== undefined &&
        h(
          "dd",
          {},
          `${formatSize(estimate.usage)}${estimate.quota ? ` of ${formatSize(estimate.quota)}` : ""}${
            persisted ? ", kept until you erase it" : ", which it may clear when short of room"
          }`,
        ),
    ),
    h(
      "p",
      { class: "storage-all" },
      h(
        "button",
        {
          class: "button button-danger",
          type: "button",
          disabled: sizes.length === 0,
          onclick: async () => {
            const answer = await openDialog({
              title: "Erase everything?",
              body: `This erases ${sizes.length === 1 ? "your notebook" : `all ${sizes.length} of your notebooks`}, with their versions and files. It can't be undone.`,
              actions: [
                { label: "Keep", value: false },
                { label: "Erase everything", value: true, tone: "danger" },
              ],
            });
            if (answer) run(() => store.eraseAll())();
          },
        },
        "Erase all my notebooks",
      ),
    ),
  );
}
