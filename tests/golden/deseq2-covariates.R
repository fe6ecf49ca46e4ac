# The whole chain with uncentred covariates. The first gene is one whose reweighted least squares never settle, and where the optimiser that DESeq2
# falls back on comes back to its start.
source("tests/golden/golden.R")
suppressPackageStartupMessages(library(DESeq2))

set.seed(5)
samples <- data.frame(age = round(rnorm(20, 60, 12)), rin = runif(20, 5, 9), group = factor(rep(c("a", "b"), each = 10)))
samples$rin <- round(samples$rin, 6)
set.seed(13)
genes <- 260
base <- exp(rnorm(genes, 4, 1.9))
alpha <- (0.03 + 1.5 / base) * exp(rnorm(genes, 0, 0.6))
effect <- ifelse(runif(genes) < 0.3, rnorm(genes), 0)
mu <- base * exp(outer(effect, as.numeric(samples$group) - 1)) * rep(exp(rnorm(20, 0, 0.4)), each = genes)
counts <- matrix(rnbinom(length(mu), mu = mu, size = 1 / alpha), genes)
counts[1, ] <- c(2, 7, 1, 1, 13, 3, 9, 0, 4, 11, 7, 51, 15, 23, 1, 3, 37, 80, 1, 68)
storage.mode(counts) <- "integer"
dds <- suppressMessages(DESeq(DESeqDataSetFromMatrix(counts, samples, ~ age + rin + group), quiet = TRUE))
r <- results(dds)
short <- function(x) signif(as.numeric(x), 10)
print(mcols(dds)[1, c("dispGeneEst", "dispIter")])
save_golden("deseq2-covariates", list(
  made = made("DESeq2", c("DESeq2::DESeq", "DESeq2::results")),
  counts = rows(counts), age = samples$age, rin = samples$rin,
  geneWise = short(mcols(dds)$dispGeneEst),
  results = list(baseMean = short(r$baseMean), log2FoldChange = short(r$log2FoldChange), lfcSE = short(r$lfcSE), stat = short(r$stat),
    pvalue = short(r$pvalue), padj = short(r$padj), threshold = metadata(r)$filterThreshold[[1]])))
