import type { Table } from "../../tables/index.ts";

/** The table view of a result, drawn when its code has come; a place is held for it until then. */
export function tableView(table: Table): HTMLElement {
  const place = document.createElement("div");
  place.className = "table-view";
  place.style.minHeight = "8rem";
  void import("../../grid/results-table.ts").then(({ resultsTable }) => {
    place.style.minHeight = "";
    place.append(resultsTable(table));
  });
  return place;
}
