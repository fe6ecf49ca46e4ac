import type { CellMode } from "./types.ts";

/** The `type` attribute of every cell mode, as the open format writes it. */
export const cellTypes: Readonly<Record<CellMode, string>> = {
  js: "module",
  ts: "text/x-typescript",
  md: "text/markdown",
  html: "text/html",
  sql: "application/sql",
  tex: "application/x-tex",
  ojs: "application/vnd.observable.javascript",
  dot: "text/vnd.graphviz",
  node: "application/vnd.node.javascript",
  python: "text/x-python",
  r: "text/x-r",
};

/** The mode of a cell's `type` attribute, exactly as written, or undefined for a type the format does not have. */
export function modeOfType(type: string): CellMode | undefined {
  for (const [mode, name] of Object.entries(cellTypes)) if (name === type) return mode as CellMode;
  return undefined;
}

/** Modes whose cells are data loaders in Notebook Kit; only they have a `format`. */
export function isInterpreter(mode: CellMode): boolean {
  return mode === "node" || mode === "python" || mode === "r";
}

/** The `format` values of data loader cells. */
export const cellFormats: readonly string[] = [
  "text",
  "blob",
  "buffer",
  "json",
  "csv",
  "tsv",
  "jpeg",
  "gif",
  "webp",
  "png",
  "arrow",
  "parquet",
  "html",
  "svg",
  "xml",
];
