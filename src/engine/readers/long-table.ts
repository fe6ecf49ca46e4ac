import { readError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  levelsOf,
  makeTable,
  numbers,
  strings,
  takeRows,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { isGeneIdName, isSymbolName, plainName } from "../experiment/gene-columns.ts";
import { plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";
import { checkDenseSize } from "./mtx/dense-size.ts";
import type { ReadOptions, ReadParts } from "./types.ts";

const sampleNames = new Set(
  "sampleid sample samplename samples cell cellid cellbarcode barcode library libraryid run runid gsm".split(
    " ",
  ),
);
const valueNames = new Set(
  "count counts value values expression tpm fpkm rpkm cpm reads readcount abundance umi umis umicount rawcount rawcounts estcounts".split(
    " ",
  ),
);

interface LongColumns {
  readonly gene: string;
  readonly sample: string;
  readonly value: string;
}

/** Which columns make a table a long one (a row for each gene and sample), told by their names and kinds; else null. */
export function longColumns(table: Table, options: ReadOptions): LongColumns | null {
  const names = columnNames(table);
  const kind = (name: string) => columnKind(column(table, name));
  const isText = (name: string) => ["string", "factor"].includes(kind(name));
  const gene =
    options.geneId ??
    names.find((name) => plainName(name) === "geneid") ??
    names.find((name) => (isGeneIdName(name) || isSymbolName(name)) && isText(name));
  const sample =
    options.sampleId ?? names.find((name) => sampleNames.has(plainName(name)) && isText(name));
  const value = names.find(
    (name) => valueNames.has(plainName(name)) && ["number", "integer"].includes(kind(name)),
  );
  if (gene === undefined || sample === undefined || value === undefined) return null;
  if (!names.includes(gene) || !names.includes(sample) || gene === sample) return null;
  return { gene, sample, value };
}

/**
 * A long table as genes x samples, both in order of first appearance. A pair that stands twice is a ReadError; a pair that
 * is absent is 0 with a line in the report (an error where values can be negative). Other columns go to the genes or the
 * samples where they have one value for each, else they are left out and named.
 */
export function longParts(
  table: Table,
  columns: LongColumns,
  file: string,
  format: string,
): ReadParts {
  const genes = firstAppearance(table, columns.gene, file);
  const samples = firstAppearance(table, columns.sample, file);
  const nGenes = genes.levels.length;
  const nSamples = samples.levels.length;
  if (nGenes === 0) throw readError(`no rows: ${file}`, { file, expected: "rows" });
  checkDenseSize(nGenes, nSamples, file);
  const given = numbers(table, columns.value);
  const missing = given.findIndex((v) => !(v - v === 0));
  if (missing >= 0)
    throw readError(`missing value in ${columns.value}: row ${missing + 1}`, {
      file,
      line: missing + 1,
      expected: "a finite number",
    });
  const whole = given.every((v) => (v | 0) === v);
  const values = whole ? new Int32Array(nGenes * nSamples) : new Float64Array(nGenes * nSamples);
  const filled = new Uint8Array(values.length);
  for (let i = 0; i < given.length; ++i) {
    const at = genes.codes[i] * nSamples + samples.codes[i];
    if (filled[at]++)
      throw readError(
        `a gene stands twice for one sample: ${genes.levels[genes.codes[i]]}, ${samples.levels[samples.codes[i]]}`,
        { file, line: i + 1, expected: "one row for each gene and sample" },
      );
    values[at] = given[i];
  }
  const gaps = values.length - given.length;
  const report: ReportLine[] = [];
  if (gaps > 0) {
    const at = filled.indexOf(0);
    const pair = `${genes.levels[Math.floor(at / nSamples)]}, ${samples.levels[at % nSamples]}`;
    if (given.some((v) => v < 0))
      throw readError(`no value for a gene and a sample: ${pair}`, {
        file,
        expected: "a row for each gene and sample",
        help: `${plural(gaps, "pair")} are absent, and where values can be negative an absent one is not 0.`,
      });
    report.push(
      reportLine(
        "info",
        "gaps-are-zero",
        `${file}: ${plural(gaps, "pair")} of gene and sample without a row were taken as 0.`,
        gaps,
        pair,
      ),
    );
  }
  const others = columnNames(table).filter((name) => !Object.values(columns).includes(name));
  const ofGenes = others.filter((name) => isConstant(table, name, genes));
  const ofSamples = others.filter(
    (name) => !ofGenes.includes(name) && isConstant(table, name, samples),
  );
  const dropped = others.filter((name) => !ofGenes.includes(name) && !ofSamples.includes(name));
  if (dropped.length > 0)
    report.push(
      reportLine(
        "info",
        "columns-skipped",
        `${file}: columns that are neither of genes nor of samples were left out: ${dropped.slice(0, 5).join(", ")}.`,
        dropped.length,
        dropped[0],
      ),
    );
  const tableOf = (key: string, codes: Coded, names: readonly string[]): Table => {
    const rows = takeRows(
      makeTable(names.map((name) => [name, column(table, name)] as const)),
      codes.first,
    );
    const extra = names.map((name): [string, Column] => [
      key === "gene_id" && isSymbolName(name) && !names.includes("symbol") ? "symbol" : name,
      column(rows, name),
    ]);
    const seen = new Set([key]);
    return makeTable([
      [key, utf8(codes.levels)],
      ...extra.filter(([name]) => !seen.has(name) && seen.add(name)),
    ]);
  };
  return {
    file,
    format,
    title: "",
    organism: null,
    kind: null,
    counts: { nGenes, nSamples, values },
    genes:
      ofGenes.length > 0
        ? tableOf("gene_id", genes, ofGenes)
        : makeTable({ gene_id: utf8(genes.levels) }),
    samples:
      ofSamples.length > 0
        ? tableOf("sample_id", samples, ofSamples)
        : makeTable({ sample_id: utf8(samples.levels) }),
    report,
    metadata: {},
    facts: null,
    firstFractional: null,
    firstNegative: null,
    lines: null,
  };
}

interface Coded {
  readonly codes: Int32Array;
  readonly levels: string[];
  /** Row at which each level stands first. */
  readonly first: Int32Array;
}

function firstAppearance(table: Table, name: string, file: string): Coded {
  const { codes, levels } = levelsOf(table, name);
  const place = new Int32Array(levels.length).fill(-1);
  const order: string[] = [];
  const first: number[] = [];
  const out = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; ++i) {
    if (codes[i] < 0)
      throw readError(`missing value in ${name}: row ${i + 1}`, {
        file,
        line: i + 1,
        expected: "an id",
      });
    if (place[codes[i]] < 0) {
      place[codes[i]] = order.length;
      order.push(levels[codes[i]]);
      first.push(i);
    }
    out[i] = place[codes[i]];
  }
  return { codes: out, levels: order, first: Int32Array.from(first) };
}

function isConstant(table: Table, name: string, { codes, first }: Coded): boolean {
  const values = strings(table, name);
  for (let i = 0; i < codes.length; ++i) if (values[i] !== values[first[codes[i]]]) return false;
  return true;
}
