const endings =
  /[._-]*(htseq[._-]?counts?|ReadsPerGene(\.out)?|featureCounts|genes|isoforms|gene_?counts?|raw_?counts?|counts?|quant|abundances?|rsem|salmon|kallisto|star|htseq|Aligned(\.sortedByCoord)?(\.out)?|sorted|(filtered|raw)_(feature|gene)_bc_matri(x|ces)(_h5)?)$/i;
const extensions =
  /\.(gz|bgz|bz2|zip|tar|txt|tsv|csv|tab|sf|results|out|bam|sam|h5|cntTable|count|counts)$/i;

/** What a per-sample file's name tells: the sample's id, and the title that GEO puts behind its accession. */
export interface SampleName {
  readonly id: string;
  readonly title: string | null;
}

/**
 * The sample that a file of one sample is of, from its name: extensions and the words that quantifiers add are taken off
 * ("s1.genes.results" is s1), "GSM123_title_counts.txt.gz" is GSM123 with a title, and where the name says nothing
 * ("quant.sf") the folder does.
 */
export function sampleName(path: string): SampleName {
  const segments = path.split(/[\\/]/).filter((part) => part !== "");
  for (let i = segments.length - 1; i >= 0; --i) {
    const plain = withoutEndings(segments[i]);
    const geo = /^(GSM\d+)(?:[._-]+(.*))?$/i.exec(plain);
    if (geo !== null) return { id: geo[1].toUpperCase(), title: geo[2] || null };
    if (
      plain !== "" &&
      !/^(quant|abundance|outs?|salmon|kallisto|star|rsem|matrix|results?)$/i.test(plain)
    )
      return { id: plain, title: null };
  }
  return { id: segments.at(-1) ?? path, title: null };
}

function withoutEndings(name: string): string {
  let plain = name;
  for (;;) {
    const next = plain.replace(extensions, "").replace(endings, "");
    if (next === plain) return plain;
    plain = next;
  }
}
