import { readError, type EngrailedError } from "../../base/errors.ts";

interface Known {
  readonly what: string;
  readonly help: string;
  matches(head: Uint8Array, name: string): boolean;
}

const asText = "Save it as CSV or TSV, then open that.";

const known: readonly Known[] = [
  {
    what: "an old or encrypted Excel workbook",
    help: asText,
    matches: (b) => starts(b, "\u00d0\u00cf\u0011\u00e0"),
  },
  {
    what: "a Feather version 1 file",
    help: "Write it again as Feather version 2 without compression.",
    matches: (b) => starts(b, "FEA1"),
  },
  {
    what: "R data",
    help: 'In R: x <- readRDS("…"); write.csv(as.matrix(SummarizedExperiment::assay(x)), "counts.csv") (of a DESeqDataSet or a SummarizedExperiment; x$counts of edgeR\'s DGEList; SeuratObject::LayerData(x, layer = "counts") of Seurat). Its colData goes to another file. Open both.',
    matches: (b) =>
      starts(b, "RDX") ||
      starts(b, "X\n\u0000\u0000") ||
      starts(b, "RDA") ||
      starts(b, "A\n2\n") ||
      starts(b, "A\n3\n"),
  },
  {
    what: "a CEL file of a microarray",
    help: "It holds intensities of probes: open the study's series matrix instead.",
    matches: (b, name) =>
      starts(b, "[CEL]") || (/\.cel(\.gz)?$/i.test(name) && (b[0] === 64 || b[0] === 59)),
  },
  {
    what: "a BAM file of alignments",
    help: "Count its reads by gene first (featureCounts, HTSeq) and open the counts.",
    matches: (b) => starts(b, "BAM\u0001"),
  },
  {
    what: "a FASTQ file of reads",
    help: "Quantify it first (salmon, STAR) and open the counts.",
    matches: (b) => /^@[^\n]+\n[ACGTN]+\r?\n\+/.test(ascii(b, 2000)),
  },
  {
    what: "a bigWig file of coverage",
    help: "It holds no counts by gene.",
    matches: (b) =>
      (b[0] === 0x26 && b[1] === 0xfc && b[2] === 0x8f && b[3] === 0x88) ||
      starts(b, "\u0088\u008f\u00fc\u0026"),
  },
  {
    what: "a GTF or GFF file",
    help: "It describes features, not counts. For a table of genes, take gene_id, gene_name and gene_biotype of it into a CSV.",
    matches: (b) =>
      /^(#[^\n]*\n)*[^\t\n]+\t[^\t\n]*\t(gene|transcript|exon|CDS|region|mRNA|chromosome)\t\d+\t\d+\t/.test(
        ascii(b, 4000),
      ),
  },
  {
    what: "JSON",
    help: asText,
    matches: (b) => /^\s*[[{]\s*["[{]/.test(ascii(b)),
  },
  { what: "a bzip2 archive", help: "Unpack it first.", matches: (b) => starts(b, "BZh") },
  { what: "an xz archive", help: "Unpack it first.", matches: (b) => starts(b, "\u00fd7zXZ") },
  {
    what: "a Zstandard archive",
    help: "Unpack it first.",
    matches: (b) => starts(b, "\u0028\u00b5\u002f\u00fd"),
  },
  {
    what: "a PDF",
    help: "A table in a PDF must be copied into a CSV file.",
    matches: (b) => starts(b, "%PDF"),
  },
  {
    what: "a web page",
    help: "The download gave a page instead of the file: get it again.",
    matches: (b) => /^\s*(<!doctype html|<html)/i.test(ascii(b)),
  },
];

/** A ReadError for a format that is recognised but not read, with what to do about it; else null. */
export function refusal(head: Uint8Array, name: string): EngrailedError | null {
  const found = known.find((entry) => entry.matches(head, name));
  if (found === undefined) return null;
  return readError(`${found.what} can't be read here: ${name}`, {
    file: name,
    offset: 0,
    expected: "a table, a workbook, h5ad, 10x, Parquet or Arrow",
    help: found.help,
  });
}

function starts(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; ++i) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

function ascii(bytes: Uint8Array, most = 200): string {
  return String.fromCharCode(...bytes.subarray(0, most));
}
