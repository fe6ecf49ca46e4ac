import { readError } from "../../base/errors.ts";
import { makeTable, utf8 } from "../../tables/index.ts";
import { plural, reportLine } from "../experiment/report-line.ts";
import { fieldText } from "./delimited/field-text.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { oneSample } from "./quantified/read-estimates.ts";
import { readHeadless, wholeCount } from "./quantified/read-headless.ts";
import { summaryRow } from "./quantified/summary-row.ts";
import type { Reader } from "./types.ts";

/** htseq-count's two columns without a header (or three, with symbols): one sample a file, named by the file. */
export const htseqReader: Reader = {
  format: "htseq",
  async read(source, _options, call) {
    const file = source.name;
    const ids: string[] = [];
    const symbols: string[] = [];
    const counts: number[] = [];
    const summaries: string[] = [];
    await readHeadless(
      source,
      [2, 3],
      (record) => {
        const id = fieldText(record, 0);
        if (summaryRow.test(id)) {
          summaries.push(id);
          return;
        }
        if (id === "")
          throw readError(`missing gene id: line ${record.line}`, {
            file,
            line: record.line,
            column: 1,
          });
        ids.push(id);
        counts.push(wholeCount(record, record.n - 1, file));
        if (record.n === 3) symbols.push(fieldText(record, 1));
      },
      call,
    );
    if (ids.length === 0) throw readError(`no genes: ${file}`, { file, line: 1, expected: "rows" });
    const report =
      summaries.length === 0
        ? []
        : [
            reportLine(
              "info",
              "rows-dropped",
              `${file}: ${plural(summaries.length, "row")} of reads that belong to no gene were left out.`,
              summaries.length,
              summaries[0],
            ),
          ];
    return {
      ...oneSample(file, "htseq", Int32Array.from(counts), report),
      genes: makeTable([
        ["gene_id", utf8(ids)],
        ...(symbols.length === ids.length ? [["symbol", utf8(symbols)] as const] : []),
      ]),
    };
  },
  readSheet: readDelimitedSheet,
};
