import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { makeTable, utf8, type Column } from "../../../tables/index.ts";
import type { ByteSource } from "../../bytes/index.ts";
import { plural, reportLine } from "../../experiment/report-line.ts";
import type { ReportLine } from "../../experiment/types.ts";
import { fieldText } from "../delimited/field-text.ts";
import { openDelimited } from "../delimited/open-delimited.ts";
import { parseNumber } from "../delimited/parse-number.ts";
import type { ReadOptions, ReadParts } from "../types.ts";
import { geneSums, type Estimates } from "./gene-sums.ts";
import { sampleName } from "./sample-name.ts";

/** Where a quantifier's table has what. */
export interface EstimateColumns {
  readonly format: string;
  readonly id: readonly string[];
  readonly count: string;
  readonly length: string;
  readonly tpm: string;
  /** True where rows are genes already. */
  genes(header: readonly string[], file: string): boolean;
}

/** One sample of a quantifier's table of estimates: counts by gene, rounded half to even, and effective lengths. */
export async function readEstimates(
  source: ByteSource,
  columns: EstimateColumns,
  options: ReadOptions,
  call: CallOptions = {},
): Promise<ReadParts> {
  const table = await openDelimited(source, call);
  const { file, header } = table;
  try {
    const find = (names: readonly string[]): number => {
      const j = header.findIndex((name) => names.includes(name));
      if (j >= 0) return j;
      throw readError(`no such column: ${names[0]}`, {
        file,
        line: table.dialect.headerLine,
        expected: `the columns of ${columns.format}`,
      });
    };
    const at = [
      find(columns.id),
      find([columns.count]),
      find([columns.length]),
      find([columns.tpm]),
    ];
    const ids: string[] = [];
    const values: number[][] = [[], [], []];
    await table.each((record) => {
      ids.push(fieldText(record, at[0]));
      for (let k = 0; k < 3; ++k) {
        const j = at[k + 1];
        const value = parseNumber(record.bytes, record.starts[j], record.ends[j], 46);
        if (!(value >= 0 && value < Infinity))
          throw readError(`not a number in ${header[j]}: ${fieldText(record, j).slice(0, 60)}`, {
            file,
            line: record.line,
            column: j + 1,
            expected: "a number from 0",
          });
        values[k].push(value);
      }
    });
    const estimates: Estimates = { ids, counts: values[0], lengths: values[1], tpm: values[2] };
    return estimatedParts(estimates, columns.format, columns.genes(header, file), options, file);
  } finally {
    await table.close();
  }
}

/** Parts of one sample from its estimates. */
export function estimatedParts(
  estimates: Estimates,
  format: string,
  areGenes: boolean,
  options: ReadOptions,
  file: string,
): ReadParts {
  if (estimates.ids.length === 0)
    throw readError(`no rows: ${file}`, { file, line: 2, expected: "rows of estimates" });
  const { ids, counts, lengths, symbols } = geneSums(
    estimates,
    areGenes ? "genes" : options.transcripts,
    file,
  );
  const report: ReportLine[] = [];
  const rounded = roundHalfEven(counts);
  if (rounded.n > 0)
    report.push(
      reportLine(
        "info",
        "estimates-rounded",
        `${file}: ${plural(rounded.n, "estimated count")} of ${format} rounded to whole numbers, half to even, without length offsets.`,
        rounded.n,
        null,
      ),
    );
  if (ids.length !== estimates.ids.length)
    report.push(
      reportLine(
        "info",
        "transcripts-summed",
        `${file}: ${plural(estimates.ids.length, "transcript")} summed to ${plural(ids.length, "gene")}.`,
        estimates.ids.length,
        null,
      ),
    );
  const genes: [string, Column][] = [["gene_id", utf8(ids)]];
  if (symbols !== null) genes.push(["symbol", utf8(symbols)]);
  return {
    ...oneSample(file, format, rounded.values, report),
    genes: makeTable(genes),
    lengths: lengths.every((length) => length !== length) ? null : lengths,
  };
}

/** Parts of one sample that is named by its file, without genes. */
export function oneSample(
  file: string,
  format: string,
  values: Int32Array,
  report: readonly ReportLine[],
): Omit<ReadParts, "genes"> {
  const { id, title } = sampleName(file);
  const samples: [string, Column][] = [["sample_id", utf8([id])]];
  if (title !== null) samples.push(["title", utf8([title])]);
  return {
    file,
    format,
    title: "",
    organism: null,
    kind: "counts",
    counts: { nGenes: values.length, nSamples: 1, values },
    samples: makeTable(samples),
    report,
    metadata: {},
    facts: null,
    firstFractional: null,
    firstNegative: null,
    lines: null,
  };
}

/** Whole numbers, ties to the even one; `n` is how many were not whole. */
function roundHalfEven(values: Float64Array): { values: Int32Array; n: number } {
  const out = new Int32Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    const low = Math.floor(value);
    const over = value - low;
    if (over !== 0) ++n;
    const whole = over > 0.5 || (over === 0.5 && low % 2 === 1) ? low + 1 : low;
    out[i] = Math.min(whole, 0x7fffffff);
  }
  return { values: out, n };
}
