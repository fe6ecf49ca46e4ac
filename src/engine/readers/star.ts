import { argumentError, readError } from "../../base/errors.ts";
import { makeTable, utf8 } from "../../tables/index.ts";
import { reportLine } from "../experiment/report-line.ts";
import { fieldText } from "./delimited/field-text.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { oneSample } from "./quantified/read-estimates.ts";
import { readHeadless, wholeCount } from "./quantified/read-headless.ts";
import { summaryRow } from "./quantified/summary-row.ts";
import type { Reader } from "./types.ts";

const strands = ["unstranded", "forward", "reverse"];
/** A strand with fewer reads than this share of the other's is the wrong one. */
const oneSided = 0.5;

/**
 * STAR's ReadsPerGene.out.tab: gene, counts without strand, of the first and of the second read strand. The column is the
 * one that `sheet` names ("unstranded", "forward", "reverse"); else the strand that has at least twice the reads of the
 * other, else unstranded. Which was taken stands in the report.
 */
export const starReader: Reader = {
  format: "star",
  sheets: true,
  async read(source, { sheet }, call) {
    const file = source.name;
    if (sheet !== undefined && !strands.includes(String(sheet)))
      throw argumentError(`readExperiment: invalid sheet: ${String(sheet)}`, {
        help: `For STAR it is one of ${strands.join(", ")}.`,
      });
    const ids: string[] = [];
    const columns: number[][] = [[], [], []];
    const sums = [0, 0, 0];
    await readHeadless(
      source,
      [4],
      (record) => {
        const id = fieldText(record, 0);
        if (summaryRow.test(id)) return;
        ids.push(id);
        for (let k = 0; k < 3; ++k) {
          const count = wholeCount(record, k + 1, file);
          columns[k].push(count);
          sums[k] += count;
        }
      },
      call,
    );
    if (ids.length === 0) throw readError(`no genes: ${file}`, { file, line: 1, expected: "rows" });
    const [, forward, reverse] = sums;
    const told =
      Math.min(forward, reverse) >= oneSided * Math.max(forward, reverse)
        ? 0
        : forward > reverse
          ? 1
          : 2;
    const taken = sheet === undefined ? told : strands.indexOf(String(sheet));
    const report = [
      reportLine(
        "info",
        `star-${strands[taken]}`,
        `${file}: the ${strands[taken]} column of STAR was taken${sheet === undefined ? ` (${forward.toLocaleString("en")} reads forward, ${reverse.toLocaleString("en")} reverse)` : ""}.`,
        1,
        strands[taken],
      ),
    ];
    return {
      ...oneSample(file, "star", Int32Array.from(columns[taken]), report),
      genes: makeTable({ gene_id: utf8(ids) }),
    };
  },
  readSheet: readDelimitedSheet,
};
