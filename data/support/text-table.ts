import { readFileSync } from "node:fs";

/** A table of text, column by column; an empty string is missing. */
export interface TextTable {
  readonly names: readonly string[];
  readonly rows: number;
  /** The column of that name; an error where there is none. */
  column(name: string): readonly string[];
}

/** Reads a TSV without quotes, as R's write.table(quote = FALSE) writes it: a header, then rows of its width. */
export function readTsv(path: string): TextTable {
  const lines = readFileSync(path, "utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  const names = lines[0].split("\t");
  const columns = names.map(() => Array.from({ length: lines.length - 1 }, () => ""));
  for (let i = 1; i < lines.length; ++i) {
    const fields = lines[i].split("\t");
    if (fields.length !== names.length)
      throw new Error(`${path}, line ${i + 1}: ${fields.length} fields, not ${names.length}`);
    for (let j = 0; j < fields.length; ++j) columns[j][i - 1] = fields[j];
  }
  return {
    names,
    rows: lines.length - 1,
    column(name) {
      const j = names.indexOf(name);
      if (j < 0) throw new Error(`${path}: no such column: ${name}`);
      return columns[j];
    },
  };
}

/** A CSV (RFC 4180, but LF) of columns of text. */
export function writeCsv(columns: readonly (readonly [string, readonly string[]])[]): string {
  const quote = (text: string) =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [columns.map(([name]) => quote(name)).join(",")];
  for (let i = 0; i < columns[0][1].length; ++i)
    lines.push(columns.map(([, values]) => quote(values[i])).join(","));
  return `${lines.join("\n")}\n`;
}
