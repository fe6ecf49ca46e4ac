import { argumentError, readError } from "../../../base/errors.ts";
import { nearestName } from "../../../base/check.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { columnNames, makeTable, column, type Table } from "../../../tables/index.ts";
import { isSymbolName } from "../../experiment/gene-columns.ts";
import { firstFew, reportLine } from "../../experiment/report-line.ts";
import type { Counts, ReportLine } from "../../experiment/types.ts";
import type { ReadOptions, ReadParts } from "../types.ts";
import { readFrame } from "./frame.ts";
import type { Hdf5, Numbers } from "./open-hdf5.ts";
import { fits, readDense, readSparse } from "./sparse.ts";

/** A matrix of the file: its path, the frame of its genes, and what `sheet` calls it. */
interface Place {
  readonly name: string;
  readonly path: string;
  readonly genes: string;
}

export function isAnndata(h5: Hdf5): boolean {
  return h5.kind("obs") !== null && h5.kind("var") !== null;
}

/**
 * An h5ad file (anndata 0.5 to 0.11): obs are samples, var genes. The matrix is the one that `sheet` names ("X", "raw", a
 * layer), else the first of X, raw and the layers whose values are whole numbers, else X; which was taken stands in the
 * report. A file without a matrix is a ReadError.
 */
export async function readAnndata(
  h5: Hdf5,
  options: ReadOptions,
  call: CallOptions,
): Promise<ReadParts> {
  const { file } = h5;
  const places = placesOf(h5);
  if (places.length === 0)
    throw readError(`an h5ad file without a matrix: ${file}`, {
      file,
      expected: "X, raw or a layer",
      help: "It holds annotation only: write it with its counts (adata.X).",
    });
  const place = choose(h5, places, options.sheet);
  const samples = readFrame(h5, "obs", "sample_id");
  const genes = readFrame(h5, place.genes, "gene_id");
  const counts = await readMatrix(h5, place, samples.table.numRows, genes.table.numRows, call);
  const report: ReportLine[] = [];
  if (places.length > 1)
    report.push(
      reportLine(
        "info",
        "matrix-chosen",
        `${file} holds ${firstFew(
          places.map(({ name }) => name),
          10,
        )}: ${place.name} was taken${options.sheet === undefined ? "; choose another with sheet" : ""}.`,
        places.length,
        place.name,
      ),
    );
  const skipped = [...samples.skipped, ...genes.skipped];
  if (skipped.length > 0)
    report.push(
      reportLine(
        "info",
        "columns-skipped",
        `${file}: columns of kinds that are not read were left out: ${firstFew(skipped)}.`,
        skipped.length,
        skipped[0],
      ),
    );
  return {
    file,
    format: "hdf5",
    title: "",
    organism: null,
    kind: null,
    counts,
    genes: withSymbol(genes.table, options.symbol),
    samples: samples.table,
    report,
    metadata: {},
    facts: null,
    firstFractional: null,
    firstNegative: null,
    lines: null,
  };
}

function placesOf(h5: Hdf5): Place[] {
  const places: Place[] = [];
  const isMatrix = (path: string) =>
    h5.kind(path) === "dataset"
      ? h5.shape(path).length === 2
      : h5.kind(`${path}/data`) === "dataset" && h5.kind(`${path}/indptr`) === "dataset";
  if (h5.kind("X") !== null && isMatrix("X")) places.push({ name: "X", path: "X", genes: "var" });
  if (h5.kind("raw/X") !== null && isMatrix("raw/X"))
    places.push({ name: "raw", path: "raw/X", genes: "raw/var" });
  else if (h5.kind("raw.X") !== null && isMatrix("raw.X"))
    places.push({ name: "raw", path: "raw.X", genes: "raw.var" });
  for (const name of h5.keys("layers"))
    if (isMatrix(`layers/${name}`)) places.push({ name, path: `layers/${name}`, genes: "var" });
  return places;
}

function choose(h5: Hdf5, places: readonly Place[], sheet: string | number | undefined): Place {
  if (sheet !== undefined) {
    const wanted = String(sheet)
      .replace(/^layers\//, "")
      .replace(/^raw\/X$/, "raw");
    const found = places.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    const names = places.map(({ name }) => name);
    const near = nearestName(wanted, names);
    throw argumentError(`readExperiment: no such matrix (sheet): ${String(sheet)}`, {
      help: `${near === undefined ? "" : `Did you mean ${near}? `}${h5.file} has ${firstFew(names, 20)}.`,
    });
  }
  return places.find((place) => isWhole(someValues(h5, place.path))) ?? places[0];
}

function isWhole(values: Numbers): boolean {
  return values.length > 0 && fits(values) && values.every((value: number) => value >= 0);
}

/** The first values of a matrix, to tell counts by. */
function someValues(h5: Hdf5, path: string): Numbers {
  if (h5.kind(path) === "dataset") {
    const [n, width] = h5.shape(path);
    return h5.rows(path, 0, Math.min(n, Math.max(1, Math.floor(20_000 / Math.max(1, width)))));
  }
  return h5.numbers(`${path}/data`, 0, Math.min(20_000, h5.shape(`${path}/data`)[0]));
}

async function readMatrix(
  h5: Hdf5,
  { path }: Place,
  nSamples: number,
  nGenes: number,
  call: CallOptions,
): Promise<Counts> {
  const sizes = (shape: readonly unknown[] | null) => {
    if (shape?.[0] === nSamples && shape[1] === nGenes) return;
    throw readError(
      `matrix is ${shape?.join(" x ") ?? "of no size"}, not ${nSamples} x ${nGenes}: ${path}`,
      {
        file: h5.file,
        expected: "a row for each of obs and a column for each of var",
      },
    );
  };
  if (h5.kind(path) === "dataset") {
    sizes(h5.shape(path));
    return readDense(h5, path, call);
  }
  const encoding = h5.attribute(path, "encoding-type") ?? h5.attribute(path, "h5sparse_format");
  const shape = h5.attribute(path, "shape") ?? h5.attribute(path, "h5sparse_shape");
  sizes(Array.isArray(shape) ? shape : null);
  const isRows = encoding === "csr_matrix" || encoding === "csr";
  if (!isRows && encoding !== "csc_matrix" && encoding !== "csc")
    throw readError(`matrix is of a kind that is not read: ${String(encoding)}`, {
      file: h5.file,
      expected: "an array, a csr_matrix or a csc_matrix",
    });
  return readSparse(h5, { path, nGenes, nSamples, major: isRows ? "samples" : "genes" }, call);
}

/** The first column that is named like symbols (or was asked for) as `symbol`. */
function withSymbol(genes: Table, asked: string | undefined): Table {
  const names = columnNames(genes);
  const found =
    asked ??
    (names.includes("symbol") ? undefined : names.find((name, j) => j > 0 && isSymbolName(name)));
  if (found === undefined || found === "symbol" || !names.includes(found)) return genes;
  return makeTable(
    names
      .filter((name) => name !== "symbol")
      .map((name) => [name === found ? "symbol" : name, column(genes, name)] as const),
  );
}
