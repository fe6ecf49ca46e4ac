import type { CellMode } from "../../notebook/types.ts";

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
