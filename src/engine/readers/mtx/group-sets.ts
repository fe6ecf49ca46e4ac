import { readError } from "../../../base/errors.ts";
import { firstFew } from "../../experiment/report-line.ts";
import type { ByteSource } from "../../bytes/index.ts";

/** The three files of one 10x matrix, and the prefix or folder that they share. */
export interface MtxSet {
  readonly prefix: string;
  readonly matrix: ByteSource;
  readonly barcodes: ByteSource;
  readonly features: ByteSource;
}

const roles = /(matrix\.mtx|barcodes\.tsv|features\.tsv|genes\.tsv)(\.gz)?$/i;

/**
 * Sets of matrix, barcodes and features among files, told by their names and grouped by what stands before; the other
 * files. Loose files of any names make a set too where there is one matrix of each. A matrix that lacks one of the two
 * others is a ReadError that says which.
 */
export function groupMtx(files: readonly ByteSource[]): { sets: MtxSet[]; others: ByteSource[] } {
  const groups = new Map<string, Map<string, ByteSource>>();
  const others: ByteSource[] = [];
  for (const file of files) {
    const role = roles.exec(file.name);
    if (role === null) {
      others.push(file);
      continue;
    }
    const prefix = file.name.slice(0, role.index);
    const kind = role[1].toLowerCase().split(".")[0].replace("genes", "features");
    const group = groups.get(prefix) ?? new Map<string, ByteSource>();
    groups.set(prefix, group);
    const double = group.get(kind);
    if (double !== undefined)
      throw readError(`two files for one matrix: ${double.name}, ${file.name}`, {
        file: file.name,
        expected: "one of matrix, barcodes and features",
        help: "Give one of them, or read the matrices one by one.",
      });
    group.set(kind, file);
  }
  const sets: MtxSet[] = [];
  for (const [prefix, group] of groups) {
    const matrix = group.get("matrix");
    const barcodes = group.get("barcodes");
    const features = group.get("features");
    if (matrix !== undefined && barcodes !== undefined && features !== undefined)
      sets.push({ prefix, matrix, barcodes, features });
    else {
      const lacking = ["matrix.mtx", "barcodes.tsv", "features.tsv"].filter(
        (_, i) => [matrix, barcodes, features][i] === undefined,
      );
      throw readError(`a 10x matrix lacks files: ${lacking.join(", ")}`, {
        file: [...group.values()][0].name,
        expected: "matrix.mtx, barcodes.tsv and features.tsv (or genes.tsv)",
        help: `Give all three: {counts: [matrix, barcodes, features]}. Here are ${firstFew([...group.values()].map((file) => file.name))}.`,
      });
    }
  }
  return { sets, others };
}
