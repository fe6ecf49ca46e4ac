import type { ShellContext } from "./context.ts";
import { chooseFiles } from "./choose-files.ts";
import { h } from "./element.ts";
import { homeOwn } from "./home-own.ts";
import { homeShipped } from "./home-shipped.ts";
import { icon } from "./icon.ts";
import { keepOffline } from "./keep-offline.ts";
import { ornament } from "./ornament.ts";
import { openStoragePanel } from "./storage-panel.ts";
import { themeButton } from "./theme-button.ts";

/** The home page: what Engrailed is, the notebooks that ship, and the reader's own. Returns its end. */
export function mountHome(root: HTMLElement, context: ShellContext): () => void {
  const life = new AbortController();
  const own = homeOwn(context, life.signal);
  const shipped = homeShipped(context, life.signal);
  const page = h(
    "div",
    { class: "home" },
    h(
      "header",
      { class: "hero" },
      h(
        "div",
        { class: "home-bar" },
        h("span", { class: "wordmark" }, icon("mark"), "Engrailed"),
        updateButton(context, life.signal),
        themeButton(context.theme),
      ),
      h(
        "div",
        { class: "hero-text" },
        h("h1", {}, "A notebook for gene expression, entirely in your browser"),
        h(
          "p",
          {},
          "Open experiments of millions of records, compute over them, draw them, and change any cell as you read. There is no server and no account: your files stay on this computer.",
        ),
        h(
          "div",
          { class: "hero-actions" },
          h(
            "button",
            {
              class: "button button-primary",
              type: "button",
              onclick: () => void context.newNotebook().catch(context.notices.error),
            },
            icon("plus"),
            "New notebook",
          ),
          h(
            "button",
            {
              class: "button",
              type: "button",
              onclick: async () => {
                context.realms.engine.expectFiles();
                const files = await chooseFiles({ multiple: true });
                await context.takeFiles(files);
              },
            },
            icon("open"),
            "Open file…",
          ),
          h("span", { class: "hero-hint" }, "or drop a notebook or data files anywhere"),
        ),
      ),
      ornament({ filled: true, lines: 3 }),
    ),
    h(
      "main",
      { class: "home-main" },
      h(
        "section",
        { class: "home-section", "aria-labelledby": "home-shipped" },
        h("h2", { id: "home-shipped" }, "To read and change"),
        shipped.notebooks,
      ),
      h(
        "section",
        { class: "home-section", "aria-labelledby": "home-own" },
        h("h2", { id: "home-own" }, "Your notebooks"),
        own.element,
      ),
      h(
        "section",
        { class: "home-section", "aria-labelledby": "home-manual" },
        h("h2", { id: "home-manual" }, "Manual"),
        shipped.manual,
      ),
      h(
        "section",
        { class: "home-section", "aria-labelledby": "home-data" },
        h("h2", { id: "home-data" }, "Your data"),
        h(
          "div",
          { class: "home-data" },
          h(
            "p",
            {},
            "Everything you open, attach or write stays in this browser, and no notebook can send it anywhere. ",
            h(
              "button",
              {
                class: "button-link",
                type: "button",
                onclick: async () => {
                  await openStoragePanel(context);
                  await own.refresh();
                },
              },
              "Where is my data?",
            ),
          ),
          keepOffline(context, life.signal),
        ),
      ),
    ),
  );
  root.replaceChildren(page);
  document.title = "Engrailed";
  return () => {
    life.abort();
    page.remove();
  };
}

/** What lets a newer version of the page take over, while one waits. */
function updateButton({ offline, update }: ShellContext, signal: AbortSignal): HTMLElement {
  const place = h("span", { class: "home-update", role: "status" });
  const draw = () =>
    place.replaceChildren(
      ...(offline.update
        ? [
            h(
              "button",
              { class: "button-link", type: "button", onclick: () => void update() },
              "Update available: reload",
            ),
          ]
        : []),
    );
  draw();
  signal.addEventListener("abort", offline.onChange(draw), { once: true });
  return place;
}
