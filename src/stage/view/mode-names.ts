import { type Cell, type CellMode, runnableModes } from "../../notebook/types.ts";

/** Cell types as readers know them. */
export const modeNames: Readonly<Record<CellMode, string>> = {
  js: "JavaScript",
  ts: "TypeScript",
  md: "Markdown",
  html: "HTML",
  sql: "SQL",
  tex: "TeX",
  ojs: "Observable JavaScript",
  dot: "Graphviz",
  node: "Node.js",
  python: "Python",
  r: "R",
};

/** Whether a cell's type runs here. */
export function isRunnable(cell: Cell): boolean {
  return (runnableModes as readonly string[]).includes(cell.mode);
}
