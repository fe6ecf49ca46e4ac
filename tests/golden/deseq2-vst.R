# Variance stabilising transformation of a simulated experiment: blind and with a design, for each kind of trend.
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(DESeq2); library(edgeR) })

counts <- simulated_counts(200, c(1, 2.2, 0.6, 1.4, 0.9, 3))
samples <- data.frame(group = factor(rep(c("a", "b"), each = 3)))
dds <- DESeqDataSetFromMatrix(counts, samples, ~group)
vst_of <- function(blind, type) {
  v <- suppressMessages(varianceStabilizingTransformation(dds, blind = blind, fitType = type))
  signif(as.vector(t(assay(v))), 11)
}
batch <- factor(c("x", "y", "x", "y", "z", "z"))
age <- c(3, 1, 4, 1, 5, 9)
lengths <- 500 + 37 * seq_len(nrow(counts))
logs <- cpm(counts, log = TRUE, prior.count = 2)
# The trend of the blind dispersions, so that the transformation can be tested by itself.
blind <- dds
design(blind) <- ~1
blind <- estimateDispersionsGeneEst(estimateSizeFactors(blind), quiet = TRUE)
save_golden("deseq2-vst", list(
  made = made(c("DESeq2", "limma", "edgeR"), c("DESeq2::varianceStabilizingTransformation", "limma::removeBatchEffect", "edgeR::rpkm")),
  counts = rows(counts),
  sizeFactors = sizeFactors(blind),
  rpkm = signif(as.vector(t(rpkm(counts, lengths))), 11),
  removed = signif(as.vector(t(removeBatchEffect(logs, batch, design = model.matrix(~group, samples)))), 11),
  removedBoth = signif(as.vector(t(removeBatchEffect(logs, batch, covariates = age - mean(age)))), 11),
  parametric = vst_of(TRUE, "parametric"), local = vst_of(TRUE, "local"), mean = vst_of(TRUE, "mean"),
  design = vst_of(FALSE, "parametric"), designLocal = vst_of(FALSE, "local")))
