import { argumentError, readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { firstFew, plural, reportLine } from "../../experiment/report-line.ts";
import type { Counts } from "../../experiment/types.ts";
import { sparseParts, type TenX } from "../mtx/read-set.ts";
import type { ReadParts } from "../types.ts";
import type { Hdf5 } from "./open-hdf5.ts";
import { readSparse } from "./sparse.ts";

/** Groups of the file that hold a 10x matrix: "matrix" since Cell Ranger 3, one for each genome before. */
export function tenXGroups(h5: Hdf5): string[] {
  const isMatrix = (path: string) =>
    ["barcodes", "data", "indices", "indptr", "shape"].every(
      (name) => h5.kind(`${path}/${name}`) === "dataset",
    ) &&
    (h5.kind(`${path}/genes`) === "dataset" || h5.kind(`${path}/features`) === "group");
  return h5.keys("").filter((name) => h5.kind(name) === "group" && isMatrix(name));
}

/**
 * A 10x HDF5 file of Cell Ranger 1.2 to now. Genomes of an old file are put below each other where their barcodes are the
 * same (ids get the genome before them where they clash), unless `sheet` names one.
 */
export async function readTenX(
  h5: Hdf5,
  groups: readonly string[],
  sheet: string | number | undefined,
  call: CallOptions,
): Promise<ReadParts> {
  const { file } = h5;
  if (sheet !== undefined && !groups.includes(String(sheet)))
    throw argumentError(`readExperiment: invalid sheet: ${String(sheet)}`, {
      help: `Matrices of ${file} are ${groups.join(", ")}.`,
    });
  const chosen = sheet === undefined ? groups : [String(sheet)];
  const parts: TenX[] = [];
  for (const group of chosen) parts.push(await readGroup(h5, group, call));
  if (parts.length === 1) return sparseParts(parts[0]);
  const [first] = parts;
  const other = parts.findIndex((part) => part.barcodes.join("\n") !== first.barcodes.join("\n"));
  if (other >= 0)
    throw readError(`genomes of different barcodes: ${chosen[0]}, ${chosen[other]}`, {
      file,
      help: `Choose one with sheet: ${chosen.map((name) => `"${name}"`).join(" or ")}.`,
    });
  const ids = parts.flatMap((part) => part.ids);
  const clash = new Set(ids).size < ids.length;
  const nGenes = ids.length;
  const { nSamples } = first.counts;
  const whole = parts.every((part) => part.counts.values instanceof Int32Array);
  const values = whole ? new Int32Array(nGenes * nSamples) : new Float64Array(nGenes * nSamples);
  let at = 0;
  for (const { counts } of parts) {
    values.set(counts.values, at);
    at += counts.values.length;
  }
  const joined = sparseParts({
    ...first,
    counts: { nGenes, nSamples, values },
    ids: parts.flatMap((part, i) => part.ids.map((id) => (clash ? `${chosen[i]}_${id}` : id))),
    symbols: parts.flatMap((part) => part.symbols),
    genomes: parts.flatMap((part, i) => part.ids.map(() => chosen[i])),
    types: null,
  });
  return {
    ...joined,
    report: [
      ...joined.report,
      reportLine(
        "info",
        "genomes-joined",
        `${file} holds ${plural(parts.length, "genome")} (${firstFew(chosen)}), put below each other${clash ? ", gene ids with the genome before them" : ""}; choose one with sheet.`,
        parts.length,
        chosen[0],
      ),
    ],
  };
}

async function readGroup(h5: Hdf5, group: string, call: CallOptions): Promise<TenX> {
  const { file } = h5;
  const strings = (name: string) => h5.strings(`${group}/${name}`);
  const modern = h5.kind(`${group}/features`) === "group";
  const barcodes = strings("barcodes");
  const ids = strings(modern ? "features/id" : "genes");
  const symbols = strings(modern ? "features/name" : "gene_names");
  const shape = Array.from(h5.numbers(`${group}/shape`));
  if (shape[0] !== ids.length || shape[1] !== barcodes.length || symbols.length !== ids.length)
    throw readError(
      `matrix is ${shape.join(" x ")}, not ${ids.length} x ${barcodes.length}: ${group}`,
      {
        file,
        expected: "as many rows as genes and as many columns as barcodes",
      },
    );
  const optional = (name: string) =>
    modern && h5.kind(`${group}/features/${name}`) === "dataset"
      ? strings(`features/${name}`)
      : null;
  const counts: Counts = await readSparse(
    h5,
    { path: group, nGenes: ids.length, nSamples: barcodes.length, major: "samples" },
    call,
  );
  const same = (list: string[] | null) =>
    list !== null && list.length === ids.length ? list : null;
  return {
    file,
    format: "hdf5",
    counts,
    ids,
    symbols,
    types: same(optional("feature_type")),
    genomes: same(optional("genome")),
    barcodes,
  };
}
