/**
 * What is written between a cell's tags: every line that is not blank indented by four spaces, and the end tag of a script
 * escaped by a backslash, as Notebook Kit does; unlike there, one that ends the cell is escaped too.
 */
export function cellContent(value: string): string {
  const lines = value.replace(/<(?=\\*\/script(\s|>|$))/gi, "<\\").split("\n");
  return `\n${lines.map((line) => (line.trim() ? `    ${line}` : "")).join("\n")}\n  `;
}
