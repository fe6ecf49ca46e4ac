# Whole chains on small simulated experiments of awkward shapes: few genes, outliers and pairs, covariates as measured, zeros, nearly no
# counts, groups that are all zero, large counts. Needs DESeq2, edgeR, limma, statmod (Debian: r-bioc-deseq2, r-bioc-edger, r-cran-statmod).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(DESeq2); library(edgeR); library(statmod) })

simulate <- function(seed, genes, samples, centre = 4, spread = 1.8, zeros = 0) {
  set.seed(seed)
  n <- nrow(samples)
  last <- as.numeric(samples[[ncol(samples)]])
  base <- exp(rnorm(genes, centre, spread))
  mu <- outer(base, exp(rnorm(n, 0, 0.3))) * exp(outer(rnorm(genes, 0, 1.2) * rbinom(genes, 1, 0.25), last))
  m <- matrix(rnbinom(genes * n, mu = mu, size = 1 / ((0.1 + 2 / base) * 10 / rchisq(genes, 10))), genes)
  m[runif(length(m)) < zeros] <- 0
  storage.mode(m) <- "integer"
  m
}
of <- function(lfc, p) list(lfc = unname(lfc), p = signif(unname(p), 15), padj = signif(unname(p.adjust(p, "BH")), 15))
shape <- function(counts, samples, design) {
  rownames(samples) <- colnames(counts) <- paste0("s", seq_len(ncol(counts)))
  x <- model.matrix(design, samples)
  k <- ncol(x)
  r <- tryCatch({
    dds <- suppressMessages(DESeq(DESeqDataSetFromMatrix(counts, samples, design), quiet = TRUE))
    r <- results(dds, name = resultsNames(dds)[k])
    list(lfc = r$log2FoldChange, p = signif(r$pvalue, 15), padj = signif(r$padj, 15))
  }, error = function(e) list(error = conditionMessage(e)))
  y <- estimateDisp(calcNormFactors(DGEList(counts)), x)
  ql <- function(robust) with(glmQLFTest(glmQLFit(y, x, robust = robust), coef = k)$table, of(logFC, PValue))
  lm <- function(v) with(eBayes(lmFit(v, x)), of(coefficients[, k], p.value[, k]))
  list(counts = rows(counts), samples = as.list(lapply(samples, function(c) if (is.factor(c)) as.character(c) else c)), design = paste(deparse(design), collapse = ""), coefficient = colnames(x)[k],
    deseq2 = r, edger = ql(FALSE), edgerRobust = ql(TRUE), voom = lm(voom(y, x)), weighted = lm(voomWithQualityWeights(y, x)))
}
groups <- function(a, b) factor(rep(c("a", "b"), c(a, b)))
batches <- function(n) factor(rep_len(c("u", "v"), n))

few <- data.frame(g = groups(3, 3))
pairs <- data.frame(donor = factor(rep(paste0("d", 1:5), each = 2)), treated = factor(rep(c("no", "yes"), 5)))
paired <- simulate(2, 160, pairs)
set.seed(3)
hit <- cbind(sample(160, 16), sample(10, 16, TRUE))
paired[hit] <- as.integer(paired[hit] * 30 + 500)
set.seed(4)
measured <- data.frame(age = round(runif(14, 30, 80)), rin = round(runif(14, 5, 9), 1), g = groups(7, 7))
mixed <- data.frame(b = batches(12), g = groups(4, 8))
apart <- data.frame(b = batches(8), g = groups(4, 4))
separated <- simulate(8, 160, apart)
separated[1:25, 1:4] <- 0L
save_golden("shapes", list(made = made(c("DESeq2", "edgeR", "limma", "statmod"), c("DESeq2::DESeq", "edgeR::estimateDisp", "edgeR::glmQLFit", "limma::voom", "limma::voomWithQualityWeights")),
  few = shape(simulate(1, 40, few), few, ~g), pairs = shape(paired, pairs, ~ donor + treated), covariates = shape(simulate(5, 160, measured), measured, ~ age + rin + g),
  zeros = shape(simulate(6, 160, mixed, zeros = 0.3), mixed, ~ b + g), low = shape(simulate(7, 200, mixed, 0.8, 1), mixed, ~g),
  separated = shape(separated, apart, ~ b + g), large = shape(simulate(9, 120, mixed, 10, 2), mixed, ~ b + g)))
