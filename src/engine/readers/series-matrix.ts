import { EngrailedError, readError } from "../../base/errors.ts";
import { column, makeTable, strings, takeRows, type Column } from "../../tables/index.ts";
import { keyIndex } from "../experiment/key-index.ts";
import { firstFew, reportLine } from "../experiment/report-line.ts";
import { readCounts } from "./delimited/read-counts.ts";
import { geoSheet } from "./geo/sample-sheet.ts";
import { seriesHead } from "./geo/series-head.ts";
import { tablePart } from "./geo/table-part.ts";
import type { Reader, ReadParts } from "./types.ts";

/**
 * A GEO series matrix: its table of values, with the samples' titles, sources and characteristics as sample columns.
 * Values of arrays are never counts, be they whole numbers or not. As a table it is the sample sheet.
 */
export const seriesMatrixReader: Reader = {
  format: "series-matrix",
  async read(source, options, call = {}) {
    const file = source.name;
    const head = await seriesHead(source, call);
    const empty = () =>
      readError(`a series matrix without values: ${file}`, {
        file,
        line: head.lines + 1,
        expected: "a table of values",
        help: "Sequencing studies keep their counts in supplementary files: open those as counts, and this file as samples.",
      });
    if (head.tableAt === null) throw empty();
    let parts: ReadParts;
    try {
      parts = await readCounts(
        tablePart(source, head.tableAt),
        { ...options, sampleId: undefined },
        call,
      );
    } catch (error) {
      if (!(error instanceof EngrailedError) || error.name !== "ReadError") throw error;
      if (/^no (rows|genes|sample columns)/.test(error.message)) throw empty();
      const { line } = error.details;
      throw readError(error.message, {
        ...error.details,
        file,
        line: line === undefined ? undefined : line + head.lines,
      });
    }
    const sheet = geoSheet(head.samples, file);
    const described = makeTable(
      sheet.names.map((name): [string, Column] => [name, sheet.typed(name)]),
    );
    const index = keyIndex(described, "sample_id");
    const ids = strings(parts.samples, "sample_id") as string[];
    const missing = ids.filter((id) => !index.has(id));
    if (missing.length > 0)
      throw readError(
        `samples of the table that the head does not describe: ${firstFew(missing)}`,
        {
          file,
          expected: "the accessions of !Sample_geo_accession",
        },
      );
    const organisms = new Set(head.samples.map((sample) => sample.organism));
    const isArray = head.types.some((type) => /array/i.test(type));
    const whole =
      parts.facts !== null && parts.facts.fractional === 0 && parts.facts.negative === 0;
    const metadata: Record<string, string> = {};
    if (head.accession !== null) metadata.source = `GEO ${head.accession}`;
    const report = [...parts.report];
    if (isArray && whole)
      report.push(
        reportLine(
          "info",
          "array-values",
          `${file}: whole numbers, but of an array (${firstFew(head.types)}): they are intensities, not counts.`,
        ),
      );
    const taken = takeRows(
      described,
      ids.map((id) => index.get(id)!),
    );
    return {
      ...parts,
      file,
      format: "series-matrix",
      title: head.title,
      organism: organisms.size === 1 ? [...organisms][0] : null,
      kind: isArray && whole ? "abundance" : null,
      samples: makeTable(sheet.names.map((name) => [name, column(taken, name)] as const)),
      report,
      metadata,
      lines:
        parts.lines === null ? null : Int32Array.from(parts.lines, (line) => line + head.lines),
    };
  },
  async readSheet(source, call = {}) {
    const { samples } = await seriesHead(source, call);
    return geoSheet(samples, source.name);
  },
};
