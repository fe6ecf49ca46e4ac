# Whole chains on experiments of unusual size: few genes, many genes, many samples, counts above 2^24. The counts come from a formula that
# the test has too, so the file holds p values alone (of the 200 distinct genes where they repeat).
# Needs DESeq2, edgeR and limma (Debian: r-bioc-deseq2, r-bioc-edger, r-bioc-limma).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(DESeq2); library(edgeR); library(limma) })

uniform <- function(i) { x <- sin(i) * 43758.5453; x - floor(x) }
counts_of <- function(genes, samples, times) {
  g <- rep(seq_len(genes), samples); s <- rep(seq_len(samples), each = genes)
  i <- 12.9898 * g + 78.233 * s
  z <- uniform(i) + uniform(i + 1) + uniform(i + 2) - 1.5
  mean <- exp(2 + 6 * uniform(g)) * (1 + 0.4 * uniform(s + 0.5)) * ifelse(g %% 5 == 0 & s %% 2 == 0, 2.5, 1)
  m <- matrix(floor(times * mean * exp((0.5 + 2 / sqrt(mean)) * z)), genes)
  storage.mode(m) <- "integer"
  dimnames(m) <- list(paste0("g", seq_len(genes)), paste0("s", seq_len(samples)))
  m
}
tested <- function(work) tryCatch(signif(work(), 15), error = function(e) NULL)
chains <- function(m, n = nrow(m)) {
  group <- factor(ifelse(seq_len(ncol(m)) %% 2 == 0, "b", "a"))
  design <- model.matrix(~ group)
  list(
    deseq2 = tested(function() results(DESeq(DESeqDataSetFromMatrix(m, data.frame(group), ~ group), quiet = TRUE))$pvalue[seq_len(n)]),
    edger = tested(function() {
      y <- estimateDisp(calcNormFactors(DGEList(m)), design)
      glmQLFTest(glmQLFit(y, design))$table$PValue[seq_len(n)]
    }),
    "limma-voom" = tested(function() eBayes(lmFit(voom(calcNormFactors(DGEList(m)), design), design))$p.value[seq_len(n), 2])
  )
}
block <- counts_of(200, 6, 1)
save_golden("sizes", list(
  made = made(c("DESeq2", "edgeR", "limma"), c("DESeq2::DESeq", "edgeR::estimateDisp", "edgeR::glmQLFit", "edgeR::glmQLFTest", "limma::voom", "limma::eBayes")),
  one = chains(counts_of(1, 6, 1)), three = chains(counts_of(3, 6, 1)), two_samples = chains(counts_of(200, 2, 1)),
  samples = chains(counts_of(120, 500, 1)), large = chains(counts_of(200, 8, 3e4)),
  genes = chains(block[rep(1:200, 250), ], 200)
))
