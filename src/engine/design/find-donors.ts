import { columnNames, levelsOf, type Table } from "../../tables/index.ts";

/** Who the samples come from. */
export interface Donors {
  /** The column of samples that names the donor. */
  readonly column: string;
  /** The donor of each sample, 0-based; -1 where it is not known. */
  readonly codes: Int32Array;
  readonly n: number;
}

/**
 * Names of columns that say which person or animal a sample is from, the first that is there counts; capitals, blanks, points and
 * underscores do not matter, nor does `id` at the end.
 */
export const donorNames = [
  "donor",
  "animal",
  "subject",
  "patient",
  "individual",
  "participant",
  "person",
  "mouse",
  "rat",
  "case",
] as const;

/** The donors of samples, or null where no column names them. A column with a missing value counts those samples as donors of their own. */
export function findDonors(samples: Table): Donors | null {
  const plain = (name: string) => {
    const word = name.toLowerCase().replaceAll(/[\s._-]+/g, "");
    return word.length > 2 && word.endsWith("id") ? word.slice(0, -2) : word;
  };
  const names = columnNames(samples);
  for (const donor of donorNames) {
    const column = names.find((name) => name !== "sample_id" && plain(name) === donor);
    if (column === undefined) continue;
    const { codes } = levelsOf(samples, column);
    const known = new Set(codes.filter((code) => code >= 0));
    const unknown = codes.filter((code) => code < 0).length;
    if (known.size === 0) continue;
    return { column, codes, n: known.size + unknown };
  }
  return null;
}
