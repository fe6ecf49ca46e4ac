const id = "engrailed-charts";

/** Puts the charts' style sheet into the document, once. */
export function ensureStyle(doc: Document): void {
  if (doc.getElementById(id)) return;
  const style = doc.createElement("style");
  style.id = id;
  style.textContent = sheet;
  doc.head.append(style);
}

const sheet = `
.chart { position: relative; margin: 0; font-family: var(--font-ui, system-ui, sans-serif); color: var(--ink, #1d1f24); max-width: 100%; }
.chart-head { padding-right: 2.25rem; }
.chart-title { margin: 0 0 0.5rem; font-size: 1rem; font-weight: 600; line-height: 1.3; letter-spacing: -0.005em; text-wrap: balance; overflow-wrap: anywhere; }
.chart-subtitle { margin: -0.35rem 0 0.75rem; font-size: var(--size-small, 0.8125rem); color: var(--muted, #5d616b); line-height: 1.4; overflow-wrap: anywhere; }
.chart-body { position: relative; min-height: 1px; }
.chart-body > svg { position: relative; display: block; overflow: visible; font-family: var(--font-ui, system-ui, sans-serif); font-variant-numeric: tabular-nums; }
.chart-caption { margin: 0.4rem 0 0; font-size: 0.75rem; line-height: 1.45; color: var(--muted, #5d616b); max-width: var(--measure, 44rem); overflow-wrap: anywhere; }
.chart-caption[hidden] { display: none; }
.chart-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.chart-menu { position: absolute; top: -0.25rem; right: 0; z-index: 2; }
.chart-menu-button { appearance: none; border: 1px solid transparent; background: none; color: var(--muted, #5d616b); font: inherit; font-size: 1rem; line-height: 1; width: 2rem; height: 1.75rem; border-radius: var(--radius, 6px); cursor: pointer; opacity: 0; transition: opacity 0.12s; }
.chart:hover .chart-menu-button, .chart:focus-within .chart-menu-button { opacity: 1; }
@media (hover: none) { .chart-menu-button { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { .chart-menu-button { transition: none; } }
@media print { .chart-menu, .chart-zoom { display: none; } }
.chart-menu-button:hover, .chart-menu-button[aria-expanded="true"] { color: var(--ink, #1d1f24); background: var(--surface, #f3f1ec); }
.chart-menu button:focus-visible { outline: 2px solid var(--focus, #b0580a); outline-offset: 1px; }
.chart-menu-list { position: absolute; right: 0; top: 2rem; display: flex; flex-direction: column; min-width: 11rem; padding: 0.25rem; background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); box-shadow: var(--shadow, none); }
.chart-menu-list[hidden] { display: none; }
.chart-menu-list button { appearance: none; border: 0; background: none; color: inherit; font: inherit; font-size: var(--size-small, 0.8125rem); text-align: left; padding: 0.35rem 0.6rem; border-radius: 4px; cursor: pointer; }
.chart-menu-list button:hover, .chart-menu-list button:focus { background: var(--accent-soft, #e3edf4); }
.chart-zoom { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; margin: 0 2.25rem 0.5rem 0; font-size: 0.75rem; color: var(--muted, #5d616b); }
.chart-zoom button { appearance: none; min-width: 1.75rem; min-height: 1.5rem; padding: 0.1rem 0.5rem; border: 1px solid var(--rule, #dedad1); border-radius: 4px; background: none; color: inherit; font: inherit; line-height: 1.2; cursor: pointer; }
.chart-zoom button:hover { color: var(--ink, #1d1f24); background: var(--surface, #f3f1ec); }
.chart-zoom button:focus-visible { outline: 2px solid var(--focus, #b0580a); outline-offset: 1px; }
.chart-zoom button[aria-disabled="true"] { color: var(--faint, #8a8e98); background: none; cursor: default; }
.chart-zoom-status { margin-left: 0.35rem; font-variant-numeric: tabular-nums; }
.chart-cursor { position: absolute; inset: -4px; pointer-events: none; border-radius: var(--radius, 6px); outline: none; }
.chart-cursor:focus-visible { outline: 2px solid var(--focus, #b0580a); }
.chart-selects { cursor: default; -webkit-user-select: none; user-select: none; }
.chart-selects.chart-lasso { cursor: crosshair; }
.chart-selects.chart-pointed { cursor: pointer; }
.chart-below { margin-top: 0.75rem; }
.chart-below[hidden] { display: none; }
.chart-below-title { margin: 0 0 0.35rem; font-size: var(--size-small, 0.8125rem); font-weight: 600; overflow-wrap: anywhere; }
.chart-tip { position: absolute; z-index: 3; pointer-events: none; max-width: min(20rem, 100%); padding: 0.4rem 0.6rem; background: var(--raised, #fff); color: var(--ink, #1d1f24); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); box-shadow: var(--shadow, none); font-size: 0.75rem; line-height: 1.4; overflow-wrap: anywhere; }
.chart-tip[hidden] { display: none; }
.chart-tip strong { font-weight: 600; }
.chart-tip dl { display: grid; grid-template-columns: auto 1fr; gap: 0 0.6rem; margin: 0; font-variant-numeric: tabular-nums; }
.chart-tip dt { color: var(--muted, #5d616b); }
.chart-tip dd { margin: 0; text-align: right; }
`;
