# Writes the HSMM data of the package HSMMSingleCell as plain text into the folder given as argument:
# genes.tsv, samples.tsv, values.tsv (the values that are not zero: gene, sample from 0; value at full
# precision) and facts.tsv. Nothing is computed here; what is renamed or left out is in data/README.md.

out <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(out), dir.exists(out))
data("HSMM_expr_matrix", "HSMM_gene_annotation", "HSMM_sample_sheet", package = "HSMMSingleCell")
values <- as.matrix(HSMM_expr_matrix)
genes <- HSMM_gene_annotation
samples <- HSMM_sample_sheet

stopifnot(
  identical(rownames(values), rownames(genes)),
  identical(colnames(values), rownames(samples)),
  !anyDuplicated(rownames(genes)), !anyDuplicated(rownames(samples)),
  !anyNA(values), all(is.finite(values)), all(values >= 0)
)

number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write <- function(.file, ...) {
  columns <- lapply(list(...), as.character)
  stopifnot(!any(grepl("[\t\r\n]", unlist(columns))))
  write.table(as.data.frame(columns, check.names = FALSE), file.path(out, .file),
    sep = "\t", quote = FALSE, row.names = FALSE, na = "", fileEncoding = "UTF-8", eol = "\n")
}

write("genes.tsv",
  gene_id = rownames(genes),
  symbol = genes$gene_short_name,
  biotype = genes$biotype,
  use_for_ordering = tolower(genes$use_for_ordering))

write("samples.tsv",
  sample_id = rownames(samples),
  hour = samples$Hours,
  media = samples$Media,
  library = samples$Library,
  well = samples$Well,
  mapped_fragments = number(samples$Mapped.Fragments),
  pseudotime = number(samples$Pseudotime),
  state = samples$State)

at <- which(values != 0, arr.ind = TRUE)
at <- at[order(at[, 1], at[, 2]), ]
write("values.tsv", gene = at[, 1] - 1, sample = at[, 2] - 1, value = number(values[at]))

# The matrix as R holds it, gene by gene, little-endian doubles: what the file made of the text must equal.
raw <- tempfile()
writeBin(as.vector(t(values)), raw, size = 8, endian = "little")
write("facts.tsv",
  fact = c("genes", "samples", "md5", "R", "package"),
  value = c(dim(values), unname(tools::md5sum(raw)), as.character(getRversion()),
    paste("HSMMSingleCell", packageVersion("HSMMSingleCell"))))
unlink(raw)
