/** Rows of a chart's data, to be written out. */
export interface CsvTable {
  readonly names: readonly string[];
  readonly rows: Iterable<readonly unknown[]>;
}

/** RFC 4180 text with LF: full precision, empty for missing, Inf and -Inf. */
export function toCsv({ names, rows }: CsvTable): string {
  const lines = [names.map(field).join(",")];
  for (const row of rows) lines.push(row.map(field).join(","));
  return `${lines.join("\n")}\n`;
}

function field(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (value === Infinity) return "Inf";
  if (value === -Infinity) return "-Inf";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
