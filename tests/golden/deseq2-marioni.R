# The whole chain on the shipped Marioni data, tissue kidney against liver; five digits of every gene's results.
source("tests/golden/golden.R")
suppressPackageStartupMessages(library(DESeq2))

table <- read.csv("data/marioni/counts.csv", check.names = FALSE)
samples <- read.csv("data/marioni/samples.csv")
counts <- as.matrix(table[, samples$sample_id])
samples$tissue <- factor(samples$tissue, levels = c("Kidney", "Liver"))
five <- function(x) signif(as.numeric(x), 5)
run <- function(fit_type) {
  dds <- suppressMessages(DESeq(DESeqDataSetFromMatrix(counts, samples, ~tissue), quiet = TRUE, fitType = fit_type))
  r <- results(dds)
  list(log2FoldChange = five(r$log2FoldChange), pvalue = five(r$pvalue), padj = five(r$padj), threshold = metadata(r)$filterThreshold[[1]])
}
save_golden("deseq2-marioni", list(
  made = made("DESeq2", c("DESeq2::DESeq", "DESeq2::results")),
  parametric = run("parametric"), local = run("local")))
