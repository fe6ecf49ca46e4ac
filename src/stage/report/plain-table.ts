/**
 * A table view as a plain table: the columns' names, the rows that are in view, and how many there are in all, with what
 * is filtered and selected, in the view's own words.
 */
export function plainTable(view: HTMLElement): HTMLElement {
  const figure = make("figure", "report-table");
  const table = document.createElement("table");
  const numeric: boolean[] = [];
  const head = document.createElement("tr");
  for (const cell of view.querySelectorAll(".eg-head .eg-th:not(.eg-check)")) {
    numeric.push(cell.classList.contains("eg-number"));
    const name = make("th", numeric.at(-1) ? "number" : "");
    name.setAttribute("scope", "col");
    name.textContent = cell.querySelector(".eg-name")?.textContent ?? "";
    const arrow = cell.getAttribute("aria-sort");
    if (arrow === "ascending" || arrow === "descending")
      name.append(` ${arrow === "ascending" ? "↑" : "↓"}`);
    head.append(name);
  }
  const thead = document.createElement("thead");
  thead.append(head);
  const body = document.createElement("tbody");
  const rows = inView(view);
  for (const row of rows) {
    const line = document.createElement("tr");
    [...row.querySelectorAll(".eg-cell:not(.eg-check)")].forEach((cell, j) => {
      const td = make("td", numeric[j] ? "number" : "");
      td.textContent = cell.classList.contains("eg-missing") ? "–" : cell.textContent;
      line.append(td);
    });
    if (row.getAttribute("aria-selected") === "true") line.className = "selected";
    body.append(line);
  }
  table.append(thead, body);
  const caption = document.createElement("figcaption");
  const all = view.querySelector(".eg-foot [role=status]")?.textContent ?? "";
  const first = Number(rows[0]?.dataset.at ?? 0) + 1;
  const shown = rows.length
    ? `Rows ${first.toLocaleString("en")} to ${(first + rows.length - 1).toLocaleString("en")} of `
    : "No rows of ";
  caption.textContent = `${shown}${all}.`;
  figure.append(table, caption);
  return figure;
}

/** The rows between the header and the lower edge of the view, in order. */
function inView(view: HTMLElement): HTMLElement[] {
  const grid = view.querySelector<HTMLElement>(".eg-grid");
  const rows = [...view.querySelectorAll<HTMLElement>(".eg-body .eg-row:not([hidden])")].sort(
    (a, b) => Number(a.dataset.at) - Number(b.dataset.at),
  );
  const head = view.querySelector<HTMLElement>(".eg-head");
  if (!grid || !head || grid.clientHeight === 0) return rows;
  const top = head.getBoundingClientRect().bottom;
  const bottom = grid.getBoundingClientRect().bottom;
  return rows.filter((row) => {
    const box = row.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    return middle > top && middle < bottom;
  });
}

function make(name: string, className: string): HTMLElement {
  const node = document.createElement(name);
  if (className) node.className = className;
  return node;
}
