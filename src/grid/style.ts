/** The table view's styles: theme variables of the page, nothing outside `.eg-table`. */
const gridStyle = `
.eg-table { --eg-row: 28px; font-family: var(--font-ui); font-size: var(--size-small, 13px); color: var(--ink); line-height: 1.35;
  margin: 0.5rem 0; max-width: 100%; container-type: inline-size; }
.eg-table *, .eg-table *::before { box-sizing: border-box; }
.eg-bar { display: flex; align-items: center; gap: 0.5rem; padding: 0 0 0.375rem; }
.eg-bar input[type="search"] { flex: 0 1 15rem; min-width: 6rem; }
.eg-table input[type="search"], .eg-table input[type="text"] { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--rule-strong);
  border-radius: 4px; padding: 0.1875rem 0.4375rem; min-width: 0; }
.eg-table input::placeholder { color: var(--muted); opacity: 1; }
.eg-table button { font: inherit; color: var(--muted); background: none; border: 1px solid transparent; border-radius: 4px; padding: 0.1875rem 0.5rem; cursor: pointer; }
.eg-table button:hover { color: var(--ink); background: var(--surface); }
.eg-table button[aria-expanded="true"] { color: var(--accent); background: var(--accent-soft); }
.eg-table :is(button, input):focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.eg-space { flex: 1; }
.eg-grid { position: relative; overflow: auto; border-top: 1px solid var(--rule-strong); border-bottom: 1px solid var(--rule-strong); background: var(--paper);
  overscroll-behavior-x: contain; scrollbar-width: thin; }
.eg-grid:focus { outline: none; }
.eg-grid:focus-visible:not([aria-activedescendant]) { outline: 2px solid var(--focus); outline-offset: 1px; }
.eg-table [hidden] { display: none; }
.eg-row { display: grid; grid-template-columns: var(--eg-columns); width: 100%; }
.eg-head { position: sticky; top: 0; z-index: 2; background: var(--paper); width: max(100%, var(--eg-width)); box-shadow: 0 1px 0 var(--rule-strong); }
.eg-th { padding: 0.3125rem 0.75rem 0.375rem; min-width: 0; display: flex; flex-direction: column; justify-content: flex-end; gap: 0.1875rem; }
.eg-th.eg-number { text-align: right; }
.eg-table .eg-sort { display: flex; align-items: baseline; gap: 0.25rem; width: 100%; padding: 0; border: 0; color: var(--ink); font-weight: 600; text-align: left; }
.eg-table .eg-sort:hover { background: none; color: var(--accent); }
.eg-number .eg-sort { flex-direction: row-reverse; text-align: right; }
.eg-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.eg-arrow { color: var(--accent); font-weight: 400; }
.eg-type { color: var(--muted); font-size: 0.6875rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.eg-profile { height: 26px; }
.eg-profile svg { display: block; width: 100%; height: 26px; overflow: visible; }
.eg-profile rect { fill: var(--rule-strong); }
.eg-profile rect.eg-rest { fill: var(--rule); }
.eg-profile line { stroke: var(--rule-strong); stroke-width: 1; vector-effect: non-scaling-stroke; }
.eg-facts { color: var(--muted); font-size: 0.6875rem; min-height: 1.35em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums; }
.eg-filter { display: flex; gap: 0.25rem; }
.eg-table .eg-filter input { flex: 1; width: 0; font-size: 0.75rem; padding: 0.0625rem 0.3125rem; }
.eg-table .eg-filter input[aria-invalid="true"] { border-color: var(--bad); background: var(--bad-soft); }
.eg-body { position: relative; width: max(100%, var(--eg-width)); }
.eg-body .eg-row { position: absolute; left: 0; height: var(--eg-row); border-bottom: 1px solid var(--rule); }
.eg-body .eg-row:hover { background: var(--surface); }
.eg-body .eg-row[aria-selected="true"] { background: var(--accent-soft); }
.eg-cell { padding: 0 0.75rem; line-height: calc(var(--eg-row) - 1px); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; font-variant-numeric: tabular-nums; }
.eg-cell.eg-number { text-align: right; }
.eg-cell.eg-missing { color: var(--muted); }
.eg-grid:focus-visible .eg-active { outline: 2px solid var(--focus); outline-offset: -2px; border-radius: 3px; }
.eg-check { padding: 0; display: flex; align-items: center; justify-content: center; }
.eg-th.eg-check { align-items: center; padding-bottom: 0.4375rem; }
.eg-check input { accent-color: var(--accent); margin: 0; width: 14px; height: 14px; cursor: pointer; }
.eg-foot { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; padding-top: 0.3125rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.eg-choices { flex-basis: 100%; display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.125rem 1.5rem; padding: 0.125rem 0 0.25rem; }
.eg-choices > div { display: flex; flex-wrap: wrap; align-items: baseline; }
.eg-table .eg-choices button { padding: 0.1875rem 0.375rem; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
.eg-saving:not(:empty) { flex-basis: 100%; text-align: right; }
.eg-none { position: absolute; left: 0.75rem; color: var(--muted); line-height: var(--eg-row); }
.eg-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (max-width: 26rem) { .eg-foot { gap: 0; } .eg-foot > span:first-child { flex-basis: 100%; } .eg-foot > button { padding-left: 0; } .eg-choices { justify-content: flex-start; } .eg-table .eg-choices button { padding: 0.1875rem; } }
@media print { .eg-bar, .eg-foot button, .eg-choices { display: none; } }
`;

/** Puts the styles into a document, once. */
export function ensureGridStyle(document: Document): void {
  if (document.querySelector("style[data-engrailed-grid]")) return;
  const style = document.createElement("style");
  style.dataset.engrailedGrid = "";
  style.textContent = gridStyle;
  document.head.append(style);
}
