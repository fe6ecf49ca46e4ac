import type { TableHead } from "../protocol/import.ts";
import { h } from "./element.ts";
import { formatCount } from "./format-count.ts";

/** The first rows of a table, in a box that scrolls by itself and by keys; missing values are shown as such. */
export function headTable({ columns, width, rows }: TableHead, label: string): HTMLElement {
  const hidden = width - columns.length;
  const cell = (text: string | null) =>
    text === null
      ? h("td", { class: "missing" }, h("span", { class: "visually-hidden" }, "missing"))
      : h("td", { class: /^-?[\d.]+$/.test(text) ? "number" : null }, text);
  return h(
    "div",
    { class: "head-table", role: "region", "aria-label": label, tabindex: 0 },
    h(
      "table",
      {},
      columns.length > 0 &&
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...columns.map((name) => h("th", { scope: "col" }, name)),
            hidden > 0 && h("th", { scope: "col", class: "muted" }, `${formatCount(hidden)} more`),
          ),
        ),
      h(
        "tbody",
        {},
        ...rows.map((row) =>
          h("tr", {}, ...row.map(cell), hidden > 0 && h("td", { class: "muted" }, "…")),
        ),
      ),
    ),
  );
}
