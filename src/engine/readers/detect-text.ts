/** Formats of text that are told by their first lines. */
const heads: readonly (readonly [string, RegExp])[] = [
  ["series-matrix", /^"?!(Series|Sample)_/],
  ["soft", /^\^(DATABASE|SERIES|SAMPLE|PLATFORM|DATASET)\b/i],
  ["miniml", /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<(\w+:)?MINiML\b/],
  ["mtx", /^%%MatrixMarket/i],
  ["salmon", /^Name\tLength\tEffectiveLength\tTPM\tNumReads\s/],
  ["kallisto", /^target_id\tlength\teff_length\test_counts\ttpm\s/],
  [
    "rsem",
    /^(gene_id\ttranscript_id\(s\)|transcript_id\tgene_id)\tlength\teffective_length\texpected_count\tTPM\b/,
  ],
  ["star", /^N_unmapped\t\d+\t\d+\t\d+\r?\n/],
  [
    "featurecounts",
    /^(#\s*Program:featureCounts.*\r?\n)?"?Geneid"?\t"?Chr"?\t"?Start"?\t"?End"?\t"?Strand"?\t"?Length"?\t/,
  ],
  ["tetranscripts", /^"?gene\/TE"?[\t,]/],
];

/** The format of a text by its first lines (without a byte order mark); null for an ordinary table. */
export function detectText(head: Uint8Array, name: string): string | null {
  if (head.includes(0)) return null;
  const text = new TextDecoder().decode(head);
  const found = heads.find(([, pattern]) => pattern.test(text));
  if (found !== undefined) return found[0];
  const lines = text.split(/\r?\n/);
  if (lines.length > 1 && head.length >= 4096) lines.pop();
  const rows = lines.filter((line) => line !== "").map((line) => line.split("\t"));
  if (isGmt(rows, name)) return "gmt";
  return isHtseq(rows) ? "htseq" : null;
}

/** Two columns without a header, of which the last are whole numbers: genes and counts (three with symbols). */
function isHtseq(rows: readonly (readonly string[])[]): boolean {
  if (rows.length < 2) return false;
  const width = rows[0].length;
  if (width !== 2 && width !== 3) return false;
  const whole = (text: string) => /^\d+$/.test(text.trim());
  if (!rows.every((row) => row.length === width && whole(row[width - 1]) && row[0] !== ""))
    return false;
  if (width === 3 && rows.some((row) => whole(row[1]))) return false;
  return !/^(gene|id|symbol|name|ensembl|entrez)([_ .-]?(id|name|symbol))?$/i.test(rows[0][0]);
}

/** Rows of unlike lengths, of names after the second field; or what is named so. */
function isGmt(rows: readonly (readonly string[])[], name: string): boolean {
  if (/\.gmt(\.gz)?$/i.test(name)) return rows.length > 0 && rows[0].length > 2;
  if (rows.length < 3 || /\.(csv|tsv|tab)(\.gz)?$/i.test(name)) return false;
  if (new Set(rows.map((row) => row.length)).size < 3 || rows.some((row) => row.length < 3))
    return false;
  return rows.every((row) =>
    row.slice(2).every((field) => field === "" || /^[A-Za-z0-9][\w.@-]*$/.test(field)),
  );
}
