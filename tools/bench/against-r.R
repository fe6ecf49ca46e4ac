# Times R on the experiment of tools/bench/against-r.ts. Arguments: a folder with counts.bin (int32, gene-major), group.bin and
# batch.bin, the number of genes and of samples, the packages to load, and what to run. Writes NAME.json with
# elapsed and CPU seconds (packages are loaded before the clock starts) and NAME.bin with padj as float64.
args <- commandArgs(trailingOnly = TRUE)
folder <- args[1]
nGenes <- as.integer(args[2])
nSamples <- as.integer(args[3])
read <- function(name, n) readBin(file.path(folder, name), "integer", n, size = 4)
counts <- matrix(read("counts.bin", nGenes * nSamples), nGenes, nSamples, byrow = TRUE)
dimnames(counts) <- list(paste0("g", seq_len(nGenes)), paste0("s", seq_len(nSamples)))
samples <- data.frame(group = factor(read("group.bin", nSamples)), batch = factor(read("batch.bin", nSamples)),
                      row.names = colnames(counts))

edger <- function(formula) {
  design <- model.matrix(formula, samples)
  y <- edgeR::calcNormFactors(edgeR::DGEList(counts))
  y <- edgeR::estimateDisp(y, design)
  fit <- edgeR::glmQLFit(y, design)
  edgeR::topTags(edgeR::glmQLFTest(fit), n = Inf, sort.by = "none")$table$FDR
}
deseq2 <- function(formula) {
  data <- DESeq2::DESeqDataSetFromMatrix(counts, samples, formula)
  DESeq2::results(DESeq2::DESeq(data, quiet = TRUE))$padj
}
voom <- function(formula) {
  design <- model.matrix(formula, samples)
  y <- edgeR::calcNormFactors(edgeR::DGEList(counts))
  fit <- limma::eBayes(limma::lmFit(limma::voom(y, design), design))
  limma::topTable(fit, coef = ncol(design), number = Inf, sort.by = "none")$adj.P.Val
}
runs <- list(
  "deseq2" = function() deseq2(~group),
  "deseq2-batch" = function() deseq2(~ batch + group),
  "edger" = function() edger(~group),
  "edger-batch" = function() edger(~ batch + group),
  "voom" = function() voom(~group),
  "voom-batch" = function() voom(~ batch + group),
  "hclust" = function() {
    x <- log2(counts[seq_len(min(2000, nGenes)), ] + 1)
    hclust(dist(x), "average")$height
  },
  "pca" = function() {
    x <- matrix(sin(seq_len(500 * 300)), 500, 300)
    prcomp(t(x))$sdev
  }
)
for (package in strsplit(args[4], ",")[[1]]) suppressMessages(loadNamespace(package))
for (name in args[-(1:4)]) {
  gc()
  time <- system.time(out <- suppressMessages(runs[[name]]()))
  writeBin(as.double(out), file.path(folder, paste0(name, ".bin")))
  cpu <- sum(time[c("user.self", "sys.self", "user.child", "sys.child")])
  writeLines(sprintf('{"elapsed": %.4f, "cpu": %.4f}', time[["elapsed"]], cpu),
             file.path(folder, paste0(name, ".json")))
}
