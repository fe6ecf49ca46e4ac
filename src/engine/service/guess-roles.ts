import type { FileRole } from "../../protocol/import.ts";
import { isAnnotationName, isGeneIdName, plainName } from "../experiment/gene-columns.ts";
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

/** Formats whose few first rows tell too little: alone, they are read to see. */
const seenWhole = new Set(["arrow", "parquet", "xlsx"]);

/** Columns of published result tables: of tests, of ranked lists, of enrichment. */
const results = new Set(
  (
    "basemean log2foldchange logfc lfc log2fc foldchange lfcse stat statistic t f b lr z score pvalue pval p padj adjpval adjpvalue fdr qvalue qval " +
    "aveexpr logcpm es nes nmoreextreme size"
  ).split(" "),
);

/** What sheets of samples say of them in numbers, and what their first columns are called. */
const ofSamples = new Set(
  "libsize librarysize normfactors tmm sizefactor sizefactors age rin".split(" "),
);
const sampleKeys = new Set(
  "sample sampleid samplename samples gsm geoaccession run srr library libraryid barcode cell cellid".split(
    " ",
  ),
);
const mostOfSheet = 60;

const sheetNames = /sample|sheet|metadata|pheno|design|coldata|traits?\b/i;
const geneNames =
  /^(gene|ensembl|entrez|hgnc|mgi|ensg)([_ .-]?(id|name|symbol|gene|stable))*$|^symbol$/i;

/**
 * What each of the files is to one experiment: by format, else by what its first rows hold. A table that names columns of
 * another is that one's sample sheet; a table mostly of values is counts; what names genes annotates them; results of
 * tests and ranked lists are none of these. A table that can't be any is taken for counts, so that reading says what is wrong.
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
    if (roles[i] !== undefined || look.format === "series-matrix") return;
    if (isResult(look)) roles[i] = null;
    else if (isSheet(look)) roles[i] = "samples";
    else if (values(look) >= 0.5) roles[i] = "counts";
  });
  looks.forEach((look, i) => {
    if (roles[i] !== undefined) return;
    const others = roles.includes("counts");
    if (look.format === "series-matrix") roles[i] = others ? "samples" : "counts";
    else if (!others && (seenWhole.has(look.format!) || look.names.length < 2)) roles[i] = "counts";
    else if (!others && looks.length > 1 && values(look) > 0.2) roles[i] = "counts";
    else roles[i] = namesGenes(look) ? "genes" : "samples";
  });
  return roles.map((role) => role ?? null);
}

/** The share of values among the columns after the first that do not describe genes. */
function values(look: Look): number {
  const names = look.names.slice(1);
  const others = names.filter((name) => !isAnnotationName(name) && !isOfGenes(name));
  if (others.length === 0) return 0;
  return others.filter((name) => isNumeric(look, look.names.indexOf(name))).length / others.length;
}

/** "ensgene", "human_entrez", "mouse_symbol", "homologene_id": ids of genes, though they may be numbers. */
function isOfGenes(name: string): boolean {
  return /(entrez|symbol|ensgene|ensembl|homologene|hgnc|mgi)/.test(plainName(name));
}

function isResult({ name, names }: Look): boolean {
  if (/\.rnk(\.gz)?$/i.test(name)) return true;
  const known = names.filter((column) => results.has(plainName(column))).length;
  return known >= 3 && known >= names.length / 2;
}

/** A row a sample: a key of samples first, and not so wide as counts with samples in rows are. */
function isSheet(look: Look): boolean {
  const [first = "", ...rest] = look.names;
  if (rest.length === 0 || rest.length > mostOfSheet || !sampleKeys.has(plainName(first)))
    return false;
  // A long table of counts: a row for every gene and sample.
  if (rest.some((name) => isGeneIdName(name))) return false;
  const isText = rest.map((_, j) => !isNumeric(look, j + 1));
  return isText.some(Boolean) || rest.every((name) => ofSamples.has(plainName(name)));
}

function isNumeric({ rows }: Look, j: number): boolean {
  const known = rows.map((row) => row[j]).filter((value) => value !== null);
  return known.length > 0 && known.every((value) => Number.isFinite(Number(value)));
}

/** The share of columns after the first whose values are all numbers. */
function numeric(look: Look): number {
  if (look.names.length < 2 || look.rows.length === 0) return 0;
  let n = 0;
  for (let j = 1; j < look.names.length; ++j) if (isNumeric(look, j)) ++n;
  return n / (look.names.length - 1);
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
    names.slice(0, 4).some((name) => geneNames.test(name) || isOfGenes(name)) ||
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
