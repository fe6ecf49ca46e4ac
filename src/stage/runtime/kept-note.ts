import type { CellMode } from "../../notebook/types.ts";

const modeNames: Readonly<Partial<Record<CellMode, string>>> = {
  ojs: "Observable JavaScript",
  dot: "Graphviz",
  node: "Node.js",
  python: "Python",
  r: "R",
};

/** What a cell shows whose type does not run here. */
export function keptNote(mode: CellMode): HTMLElement {
  const note = document.createElement("p");
  note.className = "kept-note";
  note.textContent = `${modeNames[mode] ?? mode} cells don't run here. This one is kept as it is.`;
  return note;
}
