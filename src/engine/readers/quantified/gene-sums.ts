import { readError } from "../../../base/errors.ts";
import { plainName } from "../../experiment/gene-columns.ts";
import { firstFew, plural } from "../../experiment/report-line.ts";
import type { Sheet } from "../types.ts";

/** Estimates of one sample, row by row. */
export interface Estimates {
  readonly ids: readonly string[];
  readonly counts: readonly number[];
  /** Effective lengths in bases and transcripts per million; empty where the file has none. */
  readonly lengths: readonly number[];
  readonly tpm: readonly number[];
}

/** The same by gene. */
export interface GeneEstimates {
  readonly ids: readonly string[];
  readonly counts: Float64Array;
  readonly lengths: Float64Array;
  readonly symbols: readonly (string | null)[] | null;
}

const version = /^(ENS[A-Z]*[TG]\d+)\.\d+.*$/;
const pairs = new WeakMap<Sheet, Map<string, string>>();

/**
 * Transcripts summed to genes, in order of the genes' first appearance: counts are added, lengths are means weighted by
 * TPM (plain where all are 0), as tximport does (Soneson 2015). The gene of a transcript is told by the table ("genes" where the ids are genes already), else by
 * GENCODE's names ("ENST…|ENSG…|…"). Transcript versions are left aside where the table has none. A transcript without a
 * gene is a ReadError, as is a missing table.
 */
export function geneSums(
  { ids, counts, lengths, tpm }: Estimates,
  table: Sheet | "genes" | null | undefined,
  file: string,
): GeneEstimates {
  const gencode = ids.length > 0 && ids.every((id) => id.split("|").length > 6);
  if (!table && !gencode) {
    if (ids.every((id) => /^ENS[A-Z]*G\d+/.test(id))) return asGenes(ids, counts, lengths);
    throw readError(`transcripts without their genes: ${firstFew(ids, 3)}`, {
      file,
      expected: "a table of transcripts and genes",
      help: 'Give it as {counts: […], transcripts: FileAttachment("tx2gene.tsv")}: one column of transcripts, one of genes.',
    });
  }
  const geneOf = table === "genes" || !table ? null : pairsOf(table, ids);
  const rows = new Map<string, number>();
  const symbols: string[] = [];
  const unknown: string[] = [];
  const genes = ids.map((id) => {
    const parts = id.split("|");
    const gene =
      table === "genes"
        ? id
        : geneOf === null
          ? parts[1]
          : (geneOf.get(id) ?? geneOf.get(parts[0]) ?? geneOf.get(bare(parts[0])));
    if (gene === undefined) {
      unknown.push(id);
      return -1;
    }
    let row = rows.get(gene);
    if (row === undefined) {
      rows.set(gene, (row = rows.size));
      if (!table) symbols.push(parts[5]);
    }
    return row;
  });
  if (unknown.length > 0)
    throw readError(`transcripts that no gene is known of: ${firstFew(unknown)}`, {
      file,
      expected: `every transcript in the table`,
      help: `${plural(unknown.length, "transcript")} of ${ids.length.toLocaleString("en")}: the table must be of the annotation that was quantified.`,
    });
  const n = rows.size;
  const sums = new Float64Array(n);
  const weighted = new Float64Array(n);
  const weights = new Float64Array(n);
  const plain = new Float64Array(n);
  const sizes = new Float64Array(n);
  genes.forEach((g, t) => {
    sums[g] += counts[t];
    if (lengths.length === 0) return;
    weighted[g] += lengths[t] * (tpm[t] ?? 0);
    weights[g] += tpm[t] ?? 0;
    plain[g] += lengths[t];
    ++sizes[g];
  });
  return {
    ids: [...rows.keys()],
    counts: sums,
    lengths: plain.map((sum, g) => (weights[g] > 0 ? weighted[g] / weights[g] : sum / sizes[g])),
    symbols: table ? null : symbols,
  };
}

function asGenes(
  ids: readonly string[],
  counts: readonly number[],
  lengths: readonly number[],
): GeneEstimates {
  return {
    ids,
    counts: Float64Array.from(counts),
    lengths:
      lengths.length > 0 ? Float64Array.from(lengths) : new Float64Array(ids.length).fill(NaN),
    symbols: null,
  };
}

function bare(id: string): string {
  return version.exec(id)?.[1] ?? id;
}

/** Transcript to gene, by columns named so, else the column that knows the transcripts and the one beside it. */
function pairsOf(table: Sheet, ids: readonly string[]): Map<string, string> {
  const known = pairs.get(table);
  if (known !== undefined) return known;
  const { names, file } = table;
  if (names.length < 2)
    throw readError(`a table of transcripts needs two columns: ${firstFew(names)}`, {
      file,
      expected: "transcripts and genes",
    });
  const wanted = new Set(
    ids.slice(0, 2000).flatMap((id) => [id, id.split("|")[0], bare(id.split("|")[0])]),
  );
  let from = names[0];
  let most = -1;
  for (const name of names) {
    let n = 0;
    for (const text of table.text(name))
      if (text !== null && (wanted.has(text) || wanted.has(bare(text)))) ++n;
    if (n > most) [from, most] = [name, n];
  }
  const isGene = (name: string) =>
    /^(gene|geneid|genes|ensgene|ensemblgeneid|gene_?id)$/.test(plainName(name));
  const to =
    names.find((name) => name !== from && isGene(name)) ?? names.find((name) => name !== from)!;
  if (most === 0)
    throw readError(`the table knows none of the transcripts: ${firstFew(ids, 3)}`, {
      file,
      expected: "a column of these transcripts",
      help: `Its columns are ${firstFew(names, 10)}.`,
    });
  const out = new Map<string, string>();
  const genes = table.text(to);
  table.text(from).forEach((transcript, row) => {
    const gene = genes[row];
    if (transcript === null || gene === null) return;
    if (!out.has(transcript)) out.set(transcript, gene);
    const plain = bare(transcript);
    if (!out.has(plain)) out.set(plain, gene);
  });
  pairs.set(table, out);
  return out;
}
