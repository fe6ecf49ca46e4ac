import { columnKind, float64, utf8, type Column } from "../../tables/index.ts";
import type { Sheet } from "../readers/index.ts";

/** Several tables as one, rows below rows, columns by name in order of appearance; what a table lacks is missing. */
export function stackSheets(sheets: readonly Sheet[]): Sheet {
  if (sheets.length === 1) return sheets[0];
  const names = [...new Set(sheets.flatMap((sheet) => [...sheet.names]))];
  const starts = sheets.map((_, i) => sheets.slice(0, i).reduce((n, sheet) => n + sheet.nRows, 0));
  const text = (name: string) =>
    sheets.flatMap((sheet) =>
      sheet.names.includes(name)
        ? sheet.text(name)
        : Array.from({ length: sheet.nRows }, () => null),
    );
  return {
    file: sheets.map((sheet) => sheet.file).join(", "),
    names,
    nRows: sheets.reduce((n, sheet) => n + sheet.nRows, 0),
    text,
    typed(name): Column {
      const parts = sheets
        .filter((sheet) => sheet.names.includes(name))
        .map((sheet) => sheet.typed(name));
      const numeric = parts.every((part) => ["number", "integer"].includes(columnKind(part)));
      return numeric
        ? float64(text(name).map((v) => (v === null ? null : Number(v))))
        : utf8(text(name));
    },
    line(row) {
      const i = starts.findLastIndex((start) => start <= row);
      return sheets[i]?.line(row - starts[i]) ?? null;
    },
  };
}
