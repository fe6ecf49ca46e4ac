import type { CatalogEntry, CatalogTable } from "../protocol/stage.ts";
import { h } from "./element.ts";
import { formatCount } from "./format-count.ts";
import { formatSize } from "./format-size.ts";
import { icon } from "./icon.ts";
import type { ListedFile } from "./notebook-files.ts";

export interface DataPanelOptions {
  readonly files: () => Promise<readonly ListedFile[]>;
  readonly catalog: () => Promise<readonly CatalogEntry[]>;
  readonly insert: (text: string) => void;
  readonly attach: (name?: string) => void;
  readonly detach: (name: string) => void;
}

/** The files, experiments, tables and columns of the notebook; a click inserts the name at the cursor. */
export function dataPanel(options: DataPanelOptions): {
  element: HTMLElement;
  refresh: () => Promise<void>;
} {
  const files = h("div", { class: "data-files" });
  const entries = h("div", { class: "data-entries" });
  const element = h(
    "div",
    { class: "data" },
    h(
      "div",
      { class: "panel-head" },
      h("h3", {}, "Files"),
      h(
        "button",
        { class: "button-link", type: "button", onclick: () => options.attach() },
        "Attach file…",
      ),
    ),
    files,
    h("div", { class: "panel-head" }, h("h3", {}, "Loaded")),
    entries,
  );
  const open = new Set<string>();
  let shown = "";

  async function refresh(): Promise<void> {
    const [listed, catalog] = await Promise.all([
      options.files().catch(() => []),
      options.catalog().catch(() => []),
    ]);
    const now = JSON.stringify([listed, catalog]);
    if (now === shown) return;
    shown = now;
    files.replaceChildren(
      listed.length === 0
        ? h("p", { class: "empty" }, "None. Drop a file here, or name one with FileAttachment.")
        : h("ul", {}, ...listed.map((file) => fileRow(file, options))),
    );
    entries.replaceChildren(
      catalog.length === 0
        ? h("p", { class: "empty" }, "Nothing yet. What readExperiment and SQL load appears here.")
        : h("div", {}, ...catalog.map((entry) => entryRow(entry, options, open))),
    );
  }

  return { element, refresh };
}

function insertButton(text: string, insert: (text: string) => void, label = text): HTMLElement {
  return h(
    "button",
    {
      class: "name",
      type: "button",
      title: `Insert ${text}`,
      onclick: () => insert(text),
    },
    label,
  );
}

function fileRow(file: ListedFile, { insert, attach, detach }: DataPanelOptions): HTMLElement {
  const facts = {
    own: `yours${file.size === null ? "" : `, ${formatSize(file.size)}`}`,
    page: file.size === null ? "fetched when run" : `from this page, ${formatSize(file.size)}`,
    missing: file.problem ?? "missing",
  }[file.from];
  return h(
    "li",
    { class: `data-file data-file-${file.from}` },
    icon("file"),
    h(
      "span",
      { class: "data-text" },
      insertButton(
        `FileAttachment(${JSON.stringify(file.name)})`,
        insert,
        file.name.slice(file.name.lastIndexOf("/") + 1),
      ),
      h("span", { class: "data-facts" }, facts),
    ),
    file.from === "own"
      ? h(
          "button",
          {
            class: "button-quiet button-icon",
            type: "button",
            "aria-label": `Remove ${file.name}`,
            onclick: () => detach(file.name),
          },
          icon("close"),
        )
      : h(
          "button",
          {
            class: "button-link",
            type: "button",
            onclick: () => attach(file.name),
          },
          file.from === "missing" ? "Attach…" : "Replace…",
          h("span", { class: "visually-hidden" }, ` ${file.name}`),
        ),
  );
}

function entryRow(entry: CatalogEntry, options: DataPanelOptions, open: Set<string>): HTMLElement {
  return h(
    "div",
    { class: "data-entry" },
    h(
      "div",
      { class: "data-entry-head" },
      icon(entry.kind === "database" ? "database" : "experiment"),
      h(
        "span",
        { class: "data-text" },
        insertButton(entry.name, options.insert),
        h("span", { class: "data-facts" }, entry.detail),
      ),
    ),
    ...entry.tables.map((table) => tableRow(entry, table, options, open)),
  );
}

function tableRow(
  entry: CatalogEntry,
  table: CatalogTable,
  { insert }: DataPanelOptions,
  open: Set<string>,
): HTMLElement {
  const key = `${entry.name}\n${table.name}`;
  const plain = table.name === entry.name;
  const details = h(
    "details",
    { open: open.has(key) },
    h(
      "summary",
      {},
      h("span", {}, plain ? "Columns" : table.name),
      h(
        "span",
        { class: "data-facts" },
        plain
          ? String(table.columns.length)
          : table.rows === null
            ? ""
            : `${formatCount(table.rows)} ${table.rows === 1 ? "row" : "rows"}`,
      ),
    ),
    h(
      "ul",
      {},
      table.insert !== entry.name &&
        h("li", { class: "data-column" }, insertButton(table.insert, insert)),
      ...table.columns.map((column) =>
        h(
          "li",
          { class: "data-column" },
          insertButton(column.name, insert),
          h("span", { class: "data-facts" }, column.type),
        ),
      ),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open) open.add(key);
    else open.delete(key);
  });
  return details;
}
