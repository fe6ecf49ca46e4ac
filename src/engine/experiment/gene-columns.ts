/** A column name as lists of known names have it: lowercase, without separators. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s._:#-]+/g, "");
}

const ids = new Set(
  "geneid geneids ensembl ensemblid ensemblgeneid ensemblgene ensgid ensg entrez entrezid entrezgeneid entrezgene ncbigeneid refseq gene feature featureid id probeid idref rowname rownames geneorte".split(
    " ",
  ),
);

const symbols = new Set(
  "symbol genesymbol symbols genesymbols genename genenames externalgenename externalgeneid hgncsymbol mgisymbol hgnc mgi geneshortname".split(
    " ",
  ),
);

const annotations = new Set(
  (
    "length genelength effectivelength efflength exonlength totalexonlength chr chrom chromosome chromosomename seqname seqnames start end stop strand " +
    "startposition endposition genestart geneend txstart txend position locus location band width biotype genebiotype genetype type class " +
    "description genedescription product definition gc gccontent percentagegccontent source externalgenesource transcriptid transcriptids transcripts " +
    "nexons exons numexons exoncount tss tssid nearestrefid classcode coverage uniprot uniprotid go goid goterm kegg keggid pathway pathways alias aliases synonyms previoussymbols " +
    "numcellsexpressed useforordering featuretype status kind species taxonid taxid"
  ).split(" "),
);

/** True for names that columns of gene ids usually bear. */
export function isGeneIdName(name: string): boolean {
  return ids.has(plainName(name));
}

/** True for names that columns of gene symbols usually bear. */
export function isSymbolName(name: string): boolean {
  return symbols.has(plainName(name));
}

/** True for names of columns that describe genes (Length, chromosome, biotype) and are no sample though they may hold numbers. */
export function isAnnotationName(name: string): boolean {
  const plain = plainName(name);
  return annotations.has(plain) || symbols.has(plain) || (ids.has(plain) && plain !== "id");
}
