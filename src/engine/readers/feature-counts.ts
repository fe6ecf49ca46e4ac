import { column, float64, makeTable, strings, utf8, type Column } from "../../tables/index.ts";
import { reportLine } from "../experiment/report-line.ts";
import { readCounts } from "./delimited/read-counts.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { sampleName } from "./quantified/sample-name.ts";
import type { Reader } from "./types.ts";

/**
 * featureCounts' table: Geneid, Chr, Start, End, Strand and Length, then a column for each alignment. Samples are named by
 * the alignments' files; a gene's exons become its first chromosome and strand, least start and greatest end. Fractional
 * counts (-M --fraction) are rounded half to even, with a line in the report.
 */
export const featureCountsReader: Reader = {
  format: "featurecounts",
  async read(source, options, call) {
    const parts = await readCounts(source, options, call);
    const paths = strings(parts.samples, "sample_id") as string[];
    const short = paths.map((path) => sampleName(path).id);
    const ids = new Set(short).size === short.length ? short : paths;
    const genes = parts.genes.schema.fields.map(({ name }): [string, Column] => {
      if (!["Chr", "Start", "End", "Strand"].includes(name))
        return [name, column(parts.genes, name)];
      const texts = strings(parts.genes, name);
      if (name === "Chr" || name === "Strand")
        return [name, utf8(texts.map((text) => text?.split(";")[0] ?? null))];
      const pick = name === "Start" ? Math.min : Math.max;
      return [
        name,
        float64(
          texts.map((text) =>
            text === null
              ? NaN
              : text.split(";").reduce((a, t) => pick(a, Number(t)), Number(text.split(";")[0])),
          ),
        ),
      ];
    });
    const { values } = parts.counts;
    const report = [...parts.report];
    let whole = values;
    let n = 0;
    if (values instanceof Float64Array && options.kind !== "abundance" && options.kind !== "log") {
      whole = values.map((value) => {
        const low = Math.floor(value);
        const over = value - low;
        if (over !== 0) ++n;
        return over > 0.5 || (over === 0.5 && low % 2 === 1) ? low + 1 : low;
      });
      if (n > 0)
        report.push(
          reportLine(
            "info",
            "estimates-rounded",
            `${source.name}: ${n.toLocaleString("en")} fractional counts of featureCounts rounded to whole numbers, half to even.`,
            n,
            null,
          ),
        );
    }
    return {
      ...parts,
      format: "featurecounts",
      kind: "counts",
      counts: { ...parts.counts, values: whole },
      genes: makeTable(genes),
      samples: makeTable({ sample_id: utf8(ids) }),
      report,
      facts: null,
    };
  },
  readSheet: readDelimitedSheet,
};
