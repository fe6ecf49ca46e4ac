import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import {
  makeTable,
  strings,
  takeRows,
  utf8,
  type Column,
  type Table,
} from "../../../tables/index.ts";
import { textLines, type ByteSource } from "../../bytes/index.ts";
import { firstFew, plural, reportLine } from "../../experiment/report-line.ts";
import type { Counts, ReportLine } from "../../experiment/types.ts";
import type { ReadParts } from "../types.ts";
import type { MtxSet } from "./group-sets.ts";
import { readMatrix } from "./read-matrix.ts";

/**
 * The three files of a 10x matrix (Cell Ranger 2: genes.tsv, 3: features.tsv) as one: genes are rows, barcodes samples.
 * Features that are no genes (antibodies, guides) are left out with a line in the report.
 */
export async function readMtxSet(set: MtxSet, call: CallOptions = {}): Promise<ReadParts> {
  const features = await readTsv(set.features, call);
  const barcodes = (await readTsv(set.barcodes, call)).map((row) => row[0]);
  const file = set.matrix.name;
  const matrix = await readMatrix(
    set.matrix,
    (nRows, nColumns) => {
      const fits = nRows === features.length && nColumns === barcodes.length;
      const turned = nColumns === features.length && nRows === barcodes.length;
      if (!fits && !turned)
        throw readError(
          `matrix is ${nRows} x ${nColumns}, not ${features.length} x ${barcodes.length}: ${file}`,
          {
            file,
            expected: `the ${plural(features.length, "gene")} of ${set.features.name} and the ${plural(barcodes.length, "barcode")} of ${set.barcodes.name}`,
            help: "The three files must be of one matrix, without header lines.",
          },
        );
      return !fits;
    },
    call,
  );
  return sparseParts({
    file,
    format: "mtx",
    counts: { nGenes: features.length, nSamples: barcodes.length, values: matrix.values },
    ids: features.map((row) => row[0]),
    symbols: features.map((row) => row[1] ?? ""),
    types: features.every((row) => row.length > 2) ? features.map((row) => row[2]) : null,
    genomes: null,
    barcodes,
  });
}

/** What 10x files hold, in whatever container. */
export interface TenX {
  readonly file: string;
  readonly format: string;
  readonly counts: Counts;
  readonly ids: readonly string[];
  readonly symbols: readonly string[];
  readonly types: readonly string[] | null;
  readonly genomes: readonly string[] | null;
  readonly barcodes: readonly string[];
}

/** Parts of a 10x matrix: genes only, with symbol and genome where they say more than the id. */
export function sparseParts(tenX: TenX): ReadParts {
  const { file, ids, symbols, types, genomes, barcodes } = tenX;
  const blank = ids.findIndex((id) => id === "");
  if (blank >= 0)
    throw readError(`missing gene id: feature ${blank + 1}`, {
      file,
      line: blank + 1,
      expected: "an id",
    });
  const columns: [string, Column][] = [["gene_id", utf8(ids)]];
  if (symbols.some((symbol, i) => symbol !== "" && symbol !== ids[i]))
    columns.push(["symbol", utf8(symbols.map((symbol) => symbol || null))]);
  if (genomes !== null && new Set(genomes).size > 1) columns.push(["genome", utf8(genomes)]);
  let genes: Table = makeTable(columns);
  let { counts } = tenX;
  const report: ReportLine[] = [];
  const others = types === null ? [] : types.filter((type) => type !== "Gene Expression");
  if (types !== null && others.length > 0 && others.length < types.length) {
    const rows = Int32Array.from(
      types.flatMap((type, i) => (type === "Gene Expression" ? [i] : [])),
    );
    const { nSamples, values } = counts;
    const kept =
      values instanceof Int32Array
        ? new Int32Array(rows.length * nSamples)
        : new Float64Array(rows.length * nSamples);
    rows.forEach((row, g) =>
      kept.set(values.subarray(row * nSamples, (row + 1) * nSamples), g * nSamples),
    );
    genes = takeRows(genes, rows);
    counts = { nGenes: rows.length, nSamples, values: kept };
    report.push(
      reportLine(
        "info",
        "features-left-out",
        `${file}: ${plural(others.length, "feature")} that are no genes were left out (${firstFew([...new Set(others)])}).`,
        others.length,
        ids[types.indexOf(others[0])],
      ),
    );
  }
  const repeated = repeats(
    strings(genes, columns.some(([name]) => name === "symbol") ? "symbol" : "gene_id"),
  );
  if (columns.some(([name]) => name === "symbol") && repeated.length > 0)
    report.push(
      reportLine(
        "info",
        "duplicate-symbols",
        `${plural(repeated.length, "symbol")} on more than one gene id: ${firstFew(repeated)}. Rows are kept apart by id.`,
        repeated.length,
        repeated[0],
      ),
    );
  return {
    file,
    format: tenX.format,
    title: "",
    organism: null,
    kind: null,
    counts,
    genes,
    samples: makeTable({ sample_id: utf8(barcodes) }),
    report,
    metadata: {},
    facts: null,
    firstFractional: null,
    firstNegative: null,
    lines: null,
  };
}

function repeats(values: readonly (string | null)[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    if (value === null) continue;
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return [...twice];
}

async function readTsv(source: ByteSource, call: CallOptions): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const lines of textLines(source, { signal: call.signal }))
    for (const line of lines) {
      if (line.includes("\0"))
        throw readError(`not a text file: ${source.name}`, { file: source.name });
      if (line !== "")
        rows.push(line.split("\t").map((field) => field.replace(/^"(.*)"$/, "$1").trim()));
      if (rows.length > 2 ** 23)
        throw readError(`too many rows: ${source.name}`, {
          file: source.name,
          expected: "at most 8,388,608",
        });
    }
  return rows;
}
