# DESeq2 stage by stage, and whole chains, on simulated experiments. Each stage holds what the next is fed with.
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(DESeq2); library(locfit) })

# Counts of a negative binomial with a dispersion trend, `effects` (a matrix of log2 shifts, genes x samples) and uneven depth.
simulate <- function(seed, genes, depth, effects, low = 3.4) {
  set.seed(seed)
  base <- exp(rnorm(genes, low, 1.9))
  alpha <- (0.03 + 1.5 / base) * exp(rnorm(genes, 0, 0.5))
  mu <- (base * 2^effects(genes)) * rep(depth, each = genes)
  m <- matrix(rnbinom(length(mu), mu = mu, size = 1 / alpha), genes)
  m[5, ] <- 0
  storage.mode(m) <- "integer"
  m
}

depths <- function(n) c(1, 1.6, 0.7, 1.2, 0.9, 2.1, 0.8, 1.3)[(seq_len(n) - 1) %% 8 + 1]

short <- function(x) if (is.null(x)) NULL else if (is.logical(x)) as.integer(x) else signif(as.numeric(x), 11)

stages <- function(counts, samples, design, fit_type = "parametric") {
  dds <- DESeqDataSetFromMatrix(counts, samples, design)
  dds <- estimateSizeFactors(dds)
  dds <- estimateDispersionsGeneEst(dds, quiet = TRUE)
  dds <- estimateDispersionsFit(dds, fitType = fit_type, quiet = TRUE)
  dds <- estimateDispersionsMAP(dds, quiet = TRUE)
  f <- dispersionFunction(dds)
  x <- model.matrix(design, samples)
  w <- nbinomWaldTest(dds, quiet = TRUE)
  m <- mcols(w)
  list(
    counts = rows(counts), design = rows(x), coefficients = colnames(x),
    sizeFactors = short(sizeFactors(dds)),
    baseMean = short(m$baseMean),
    geneWise = short(m$dispGeneEst), trend = short(m$dispFit),
    trendCoefficients = if (is.null(attr(f, "coefficients"))) NULL else short(attr(f, "coefficients")),
    priorVariance = attr(f, "dispPriorVar"), residualVariance = attr(f, "varLogDispEsts"),
    map = short(m$dispMAP), outlier = short(m$dispOutlier), dispersion = short(m$dispersion),
    beta = short(t(coef(w))), se = short(t(coef(w, SE = TRUE))),
    maxCooks = short(m$maxCooks)
  )
}

table_of <- function(r) list(
  baseMean = short(r$baseMean), log2FoldChange = short(r$log2FoldChange), lfcSE = short(r$lfcSE),
  stat = short(r$stat), pvalue = short(r$pvalue), padj = short(r$padj),
  threshold = metadata(r)$filterThreshold[[1]])

whole <- function(counts, samples, design, ...) {
  dds <- suppressMessages(DESeq(DESeqDataSetFromMatrix(counts, samples, design), quiet = TRUE, ...))
  dds
}

described <- made(c("DESeq2", "locfit"), c("DESeq2::estimateDispersionsGeneEst", "DESeq2::estimateDispersionsFit",
  "DESeq2::estimateDispersionsMAP", "DESeq2::nbinomWaldTest", "DESeq2::DESeq", "DESeq2::results"))

# 2 x 2 with batch: means from a fit, interaction, contrasts of several coefficients.
samples <- expand.grid(genotype = c("WT", "SOD1"), treatment = c("none", "drug"), batch = c("x", "y", "z"))
for (name in names(samples)) samples[[name]] <- factor(samples[[name]], levels = unique(samples[[name]]))
counts <- simulate(1, 420, depths(12), function(n) {
  g <- ifelse(runif(n) < 0.2, rnorm(n, 0, 1.5), 0); t <- ifelse(runif(n) < 0.2, rnorm(n, 0, 1), 0)
  i <- ifelse(runif(n) < 0.1, rnorm(n, 0, 2), 0); b <- rnorm(n, 0, 0.5)
  outer(g, samples$genotype == "SOD1") + outer(t, samples$treatment == "drug") +
    outer(i, samples$genotype == "SOD1" & samples$treatment == "drug") + outer(b, samples$batch == "y")
})
design <- ~ batch + genotype * treatment
dds <- whole(counts, samples, design)
save_golden("deseq2-two-by-two", c(list(made = described), stages(counts, samples, design), list(
  interaction = table_of(results(dds)),
  sum = c(list(contrast = c(0, 0, 0, 1, 0, 1)), table_of(results(dds, contrast = c(0, 0, 0, 1, 0, 1)))),
  batch = c(list(contrast = c(0, -1, 1, 0, 0, 0)), table_of(results(dds, contrast = c("batch", "z", "y")))),
  local = with(list(d = stages(counts, samples, design, "local")), d[c("trend", "priorVariance", "map")]),
  mean = with(list(d = stages(counts, samples, design, "mean")), d[c("trend", "priorVariance", "map")])
)))

# 6 v 6 with planted outliers, every alternative of the threshold; 8 v 8 with replacement.
two <- function(n) data.frame(group = factor(rep(c("a", "b"), each = n)))
effect <- function(samples) function(n) outer(ifelse(runif(n) < 0.3, rnorm(n, 0, 1.3), 0), samples$group == "b")
planted <- function(counts, seed, n) {
  set.seed(seed)
  g <- sample(which(rowMeans(counts) > 20), n)
  s <- sample(ncol(counts), n, TRUE)
  counts[cbind(g, s)] <- as.integer(counts[cbind(g, s)] * 12 + 300)
  list(counts = counts, genes = g - 1L, samples = s - 1L)
}
samples <- two(6)
p <- planted(simulate(2, 400, depths(12), effect(samples)), 3, 40)
dds <- whole(p$counts, samples, ~group)
alternatives <- lapply(c(greaterAbs = "greaterAbs", lessAbs = "lessAbs", greater = "greater", less = "less"),
  function(a) table_of(results(dds, lfcThreshold = 0.7, altHypothesis = a)))
save_golden("deseq2-outliers", c(list(made = described), stages(p$counts, samples, ~group), list(
  planted = list(genes = p$genes, samples = p$samples), results = table_of(results(dds)),
  unfiltered = table_of(results(dds, independentFiltering = FALSE, cooksCutoff = FALSE)),
  alternatives = lapply(alternatives, function(a) a[c("stat", "pvalue", "padj")]))))

samples <- two(8)
p <- planted(simulate(4, 360, depths(16), effect(samples)), 5, 40)
p$counts[11, ] <- 0L
p$counts[11, 3] <- 900L
dds <- whole(p$counts, samples, ~group)
lrt <- whole(p$counts, samples, ~group, test = "LRT", reduced = ~1)
normal <- suppressMessages(lfcShrink(dds, coef = 2, type = "normal", quiet = TRUE))
save_golden("deseq2-replaced", c(list(made = described), stages(p$counts, samples, ~group), list(
  planted = list(genes = p$genes, samples = p$samples),
  replace = short(mcols(dds)$replace), dispersionAfter = short(dispersions(dds)), maxCooksAfter = short(mcols(dds)$maxCooks),
  results = table_of(results(dds)), lrt = table_of(results(lrt)),
  normal = list(log2FoldChange = short(normal$log2FoldChange), lfcSE = short(normal$lfcSE)))))

# Few residual degrees of freedom: 2 v 2, 2 v 1, 3 v 2.
effects4 <- function(n) outer(ifelse(runif(n) < 0.2, rnorm(n, 0, 2), 0), c(0, 0, 1, 1, 1))
counts <- simulate(6, 560, depths(5), effects4)
few <- function(columns, group) {
  samples <- data.frame(group = factor(group))
  s <- stages(counts[, columns], samples, ~group)
  s[c("geneWise", "trend", "priorVariance", "residualVariance")]
}
four <- c(1, 2, 3, 4)
samples <- data.frame(group = factor(c("a", "a", "b", "b")))
dds <- whole(counts[, four], samples, ~group)
save_golden("deseq2-few", c(list(made = described), stages(counts[, four], samples, ~group), list(
  results = table_of(results(dds)), one = few(c(1, 2, 3), c("a", "a", "b")), three = few(1:5, c("a", "a", "b", "b", "b")))))

# Three ages: likelihood ratio tests, contrasts between levels that are not the reference, groups that are all zero.
samples <- data.frame(age = factor(rep(c("P0", "P56", "P112"), each = 4), levels = c("P0", "P56", "P112")), sex = factor(rep(c("f", "m"), 6)))
counts <- simulate(7, 380, depths(12), function(n) outer(ifelse(runif(n) < 0.25, rnorm(n, 0, 1.2), 0), as.numeric(samples$age) - 1))
counts[21:32, 5:12] <- 0L
counts[33:40, 1:4] <- 0L
wald <- whole(counts, samples, ~age)
one <- whole(counts, samples, ~age, test = "LRT", reduced = ~1)
sexes <- whole(counts, samples, ~ sex + age, test = "LRT", reduced = ~sex)
save_golden("deseq2-ages", c(list(made = described), stages(counts, samples, ~age), list(
  lrt = table_of(results(one)),
  lrtSex = c(list(design = rows(model.matrix(~ sex + age, samples)), reduced = rows(model.matrix(~sex, samples))), table_of(results(sexes))),
  wald = table_of(results(wald)),
  between = table_of(results(wald, contrast = c("age", "P112", "P56"))),
  reversed = table_of(results(wald, contrast = c("age", "P56", "P112"))),
  numeric = table_of(results(wald, contrast = c(0, -1, 1))))))
