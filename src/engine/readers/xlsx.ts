import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import { readCounts } from "./delimited/read-counts.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import type { Reader } from "./types.ts";
import { sheetSource } from "./xlsx/sheet-source.ts";

/** Excel workbooks (.xlsx): a sheet as a table, streamed; line numbers in messages are the sheet's row numbers. */
export const xlsxReader: Reader = {
  format: "xlsx",
  sheets: true,
  async read(source, options, call = {}) {
    const { source: text, sheet, others, skipped } = await sheetSource(source, options.sheet, call);
    const parts = await readCounts(text, options, call);
    const report = [...parts.report];
    if (others.length > 0)
      report.push(
        reportLine(
          "info",
          "sheet-chosen",
          `${source.name}: sheet ${sheet} was read${options.sheet === undefined ? `; others are ${firstFew(others)}, chosen with sheet` : ""}.`,
          others.length + 1,
          sheet,
        ),
      );
    if (skipped > 0)
      report.push(
        reportLine(
          "info",
          "rows-skipped",
          `${source.name}: ${plural(skipped, "row")} above the header were passed over.`,
          skipped,
          null,
        ),
      );
    return { ...parts, format: "xlsx", report };
  },
  async readSheet(source, call = {}, { sheet } = {}) {
    const opened = await sheetSource(source, sheet, call);
    return readDelimitedSheet(opened.source, call);
  },
};
