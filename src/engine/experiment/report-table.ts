import { int32, makeTable, utf8, type Table } from "../../tables/index.ts";
import type { ReportLine } from "./types.ts";

/** An experiment's report as a table: `level code message n example`. */
export function reportTable(report: readonly ReportLine[]): Table {
  return makeTable({
    level: utf8(report.map((line) => line.level)),
    code: utf8(report.map((line) => line.code)),
    message: utf8(report.map((line) => line.message)),
    n: int32(report.map((line) => line.n)),
    example: utf8(report.map((line) => line.example)),
  });
}
