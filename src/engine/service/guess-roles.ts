import type { FileRole } from "../../protocol/import.ts";
import type { Look } from "../reading/index.ts";

const byFormat: Readonly<Record<string, FileRole | null>> = {
  archive: "counts",
  hdf5: "counts",
  mtx: "counts",
  salmon: "counts",
  kallisto: "counts",
  rsem: "counts",
  star: "counts",
  featurecounts: "counts",
  tetranscripts: "counts",
  htseq: "counts",
  miniml: "samples",
  soft: "samples",
  gmt: null,
};

const sheetNames = /sample|sheet|metadata|pheno|design|coldata|traits?\b/i;
const geneNames =
  /^(gene|ensembl|entrez|hgnc|mgi|ensg)([_ .-]?(id|name|symbol|gene|stable))*$|^symbol$/i;

/**
 * What each of the files is to one experiment: by format, else by what its first rows hold. A table that names columns of
 * another is that one's sample sheet; a table mostly of numbers is counts; what names genes annotates them.
 */
export function guessRoles(looks: readonly Look[]): (FileRole | null)[] {
  const hasMtx = looks.some(({ format }) => format === "mtx");
  const roles = looks.map((look): FileRole | null | undefined => {
    if (look.format === null) return null;
    if (Object.hasOwn(byFormat, look.format)) return byFormat[look.format];
    if (hasMtx && /(barcodes|features|genes)\.tsv(\.gz)?$/i.test(look.name)) return "counts";
    if (isTranscripts(look)) return "transcripts";
    if (looks.some((other) => other !== look && describes(look, other))) return "samples";
    return undefined;
  });
  looks.forEach((look, i) => {
    if (roles[i] === undefined && look.format !== "series-matrix" && numeric(look) >= 0.5)
      roles[i] = "counts";
  });
  looks.forEach((look, i) => {
    if (roles[i] !== undefined) return;
    const others = roles.includes("counts");
    if (look.format === "series-matrix") roles[i] = others ? "samples" : "counts";
    else if (!others && (looks.length === 1 || numeric(look) > 0)) roles[i] = "counts";
    else roles[i] = namesGenes(look) ? "genes" : "samples";
  });
  return roles.map((role) => role ?? null);
}

/** The share of columns after the first whose values are all numbers. */
function numeric({ names, rows }: Look): number {
  if (names.length < 2 || rows.length === 0) return 0;
  let n = 0;
  for (let j = 1; j < names.length; ++j) {
    const values = rows.map((row) => row[j]).filter((value) => value !== null);
    if (values.length > 0 && values.every((value) => Number.isFinite(Number(value)))) ++n;
  }
  return n / (names.length - 1);
}

/** Rows of `look` are columns of `other`: by their ids, by name and number, or as the file is called. */
function describes(look: Look, other: Look): boolean {
  if (look.more || look.rows.length === 0 || numeric(other) === 0) return false;
  const columns = new Set(other.names);
  for (let j = 0; j < Math.min(6, look.names.length); ++j) {
    const known = look.rows.filter((row) => row[j] !== null && columns.has(row[j]!)).length;
    if (known > 0 && known >= look.rows.length / 2) return true;
  }
  if (!other.more || numeric(other) < 0.5) return false;
  const ratio = look.rows.length / Math.max(1, other.names.length - 1);
  return sheetNames.test(look.name) || (ratio >= 0.5 && ratio <= 2 && !namesGenes(look));
}

function namesGenes({ names, rows }: Look): boolean {
  return (
    names.slice(0, 3).some((name) => geneNames.test(name)) ||
    rows.some((row) => /^(ENS[A-Z]*G\d{6,}|FBgn\d+|WBGene\d+)/.test(row[0] ?? ""))
  );
}

function isTranscripts({ names, rows }: Look): boolean {
  if (names.length < 2 || names.length > 4) return false;
  const row = rows[0] ?? [];
  const transcript = /^(ENS[A-Z]*T\d{6,}|[NX][MR]_\d+)/;
  return (
    row.some((value) => transcript.test(value ?? "")) ||
    (names.some((name) => /transcript|^tx/i.test(name)) && names.some((name) => /gene/i.test(name)))
  );
}
