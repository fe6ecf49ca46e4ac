const names: Readonly<Record<string, string>> = {
  ojs: "Observable JavaScript",
  dot: "Graphviz",
  node: "Node.js",
  python: "Python",
  r: "R",
};

/** The note of a cell whose type does not run here; the cell stays in the file as it is. */
export function keptNote(mode: string): HTMLElement {
  const note = document.createElement("p");
  note.className = "kept-note";
  note.textContent = `${names[mode] ?? mode} cells don’t run here. This one is kept as it is.`;
  return note;
}
