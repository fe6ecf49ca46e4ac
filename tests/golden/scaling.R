# cpm, logcpm and size factors.
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(edgeR); library(DESeq2) })

counts <- simulated_counts()
sparse <- counts
set.seed(3)
sparse[cbind(seq_len(nrow(sparse)), sample(ncol(sparse), nrow(sparse), TRUE))] <- 0L
factors <- function(m, method) unname(calcNormFactors(m, method = method))
tmm <- DGEList(counts)
tmm$samples$norm.factors <- factors(counts, "TMM")
save_golden("scaling", list(
  made = made(c("edgeR", "DESeq2"), c("edgeR::cpm", "edgeR::calcNormFactors", "DESeq2::estimateSizeFactorsForMatrix", "DESeq2::estimateSizeFactors")),
  counts = rows(counts),
  sparse = rows(sparse),
  cpm = as.vector(t(cpm(counts))),
  logcpm = as.vector(t(cpm(counts, log = TRUE, prior.count = 2))),
  logcpmTmm = as.vector(t(cpm(tmm, log = TRUE, prior.count = 2))),
  ratio = unname(estimateSizeFactorsForMatrix(counts)),
  # The method of a DESeqDataSet scales these to a geometric mean of 1; the one of a matrix does not.
  poscounts = unname(sizeFactors(estimateSizeFactors(
    DESeqDataSetFromMatrix(sparse, data.frame(x = seq_len(ncol(sparse))), ~1), type = "poscounts"))),
  rle = factors(counts, "RLE"),
  tmm = factors(counts, "TMM"),
  tmmSparse = factors(sparse, "TMM"),
  upperquartile = factors(counts, "upperquartile")
))
