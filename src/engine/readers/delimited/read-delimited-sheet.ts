import { argumentError, readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import type { ByteSource } from "../../bytes/index.ts";
import type { Sheet } from "../types.ts";
import { fieldText } from "./field-text.ts";
import { isMissing } from "./missing.ts";
import { openDelimited } from "./open-delimited.ts";
import { typedColumn } from "./typed-column.ts";

/**
 * A delimited table of any columns, such as a sample sheet. Empty cells and NA are missing; two columns of one name and
 * ragged rows are ReadErrors. Row names without a header become column "row".
 */
export async function readDelimitedSheet(
  source: ByteSource,
  call: CallOptions = {},
): Promise<Sheet> {
  const table = await openDelimited(source, call);
  const { file, dialect, header, shift } = table;
  try {
    const names = header.map((name, j) => name || (j === 0 ? "row" : `column_${j + 1}`));
    const twice = names.findIndex((name, j) => names.indexOf(name) !== j);
    if (twice >= 0)
      throw readError(`two columns have one name: ${names[twice]}`, {
        file,
        line: dialect.headerLine,
        column: twice + 1 - shift,
        expected: "unique names",
      });
    const columns: (string | null)[][] = names.map(() => []);
    const lines: number[] = [];
    await table.each((record) => {
      lines.push(record.line);
      for (let j = 0; j < columns.length; ++j) {
        const text = fieldText(record, j);
        columns[j].push(isMissing(text) ? null : text);
      }
    });
    const at = (name: string): (string | null)[] => {
      const j = names.indexOf(name);
      if (j < 0) throw argumentError(`no such column: ${name}`);
      return columns[j];
    };
    return {
      file,
      names,
      nRows: lines.length,
      text: at,
      typed: (name) => typedColumn(at(name), dialect.point === 44),
      line: (row) => lines[row] ?? null,
    };
  } finally {
    await table.close();
  }
}
