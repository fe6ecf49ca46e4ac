# Writes the Marioni data of the package NOISeq as plain text into the folder given as argument: genes.tsv,
# samples.tsv, values.tsv (one row a gene, one column a lane) and facts.tsv. Symbols are not in NOISeq: they
# are those of HSMMSingleCell's gene annotation for the same Ensembl gene, and missing where it has none.

out <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(out), dir.exists(out))
data("Marioni", package = "NOISeq")
data("HSMM_gene_annotation", package = "HSMMSingleCell")
values <- as.matrix(mycounts)
ids <- rownames(values)

stopifnot(
  identical(ids, names(mylength)), identical(ids, names(mybiotypes)),
  identical(ids, names(mygc)), identical(ids, rownames(mychroms)),
  identical(colnames(values), rownames(myfactors)),
  !anyDuplicated(ids), !anyNA(values), all(values >= 0), is.integer(values),
  all(grepl("^R[12]L[1-8](Kidney|Liver)$", colnames(values)))
)

number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write <- function(.file, ...) {
  columns <- lapply(list(...), as.character)
  stopifnot(!any(grepl("[\t\r\n]", unlist(columns))))
  write.table(as.data.frame(columns, check.names = FALSE), file.path(out, .file),
    sep = "\t", quote = FALSE, row.names = FALSE, na = "", fileEncoding = "UTF-8", eol = "\n")
}

known <- sub("[.][0-9]+$", "", rownames(HSMM_gene_annotation))
stopifnot(!anyDuplicated(known))
write("genes.tsv",
  gene_id = ids,
  symbol = HSMM_gene_annotation$gene_short_name[match(ids, known)],
  biotype = mybiotypes,
  length = number(mylength),
  gc = number(mygc),
  chromosome = mychroms$Chr,
  start = number(mychroms$GeneStart),
  end = number(mychroms$GeneEnd))

name <- colnames(values)
write("samples.tsv",
  sample_id = name,
  tissue = myfactors$Tissue,
  donor = rep("donor 1", length(name)),
  run = substr(name, 2, 2),
  lane = substr(name, 4, 4))
stopifnot(
  identical(as.character(myfactors$Tissue), substring(name, 5)),
  identical(as.character(myfactors$TissueRun), paste(substring(name, 5), substr(name, 2, 2), sep = "_")))

do.call(write, c(list("values.tsv"), as.data.frame(values)))

raw <- tempfile()
writeBin(as.vector(t(values)), raw, size = 4, endian = "little")
write("facts.tsv",
  fact = c("genes", "samples", "md5", "R", "package"),
  value = c(dim(values), unname(tools::md5sum(raw)), as.character(getRversion()),
    paste("NOISeq", packageVersion("NOISeq"))))
unlink(raw)
