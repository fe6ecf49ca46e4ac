# Weights of samples and correlated blocks: limma's arrayWeights on log values, voomWithQualityWeights on counts, voom with
# duplicateCorrelation run twice. Needs limma, edgeR, statmod (Debian: r-bioc-limma, r-bioc-edger, r-cran-statmod).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(edgeR); library(statmod) })

table <- function(fit, coefficient = 1) {
  fit <- eBayes(fit)
  p <- fit$p.value[, coefficient]
  list(lfc = unname(fit$coefficients[, coefficient]), se = unname(fit$stdev.unscaled[, coefficient] * sqrt(fit$s2.post)),
    stat = unname(fit$t[, coefficient]), p = signif(unname(p), 15), padj = signif(unname(p.adjust(p, "BH")), 15))
}
between <- function(fit, weights) table(contrasts.fit(fit, weights))

set.seed(11)
genes <- 240
donor <- rep(paste0("d", 1:6), each = 2)
treatment <- factor(rep(c("none", "low", "high"), 4), levels = c("none", "low", "high"))
noise <- c(1, 1, 1.3, 0.7, 3, 1, 1, 0.8, 1, 2, 1, 1.1)
given <- c(1, 2, 0.5, 1, 0.25, 1, 1, 1.5, 1, 0.4, 1, 1)
design <- model.matrix(~ treatment)
lone <- factor(c("z", rep("y", 5), rep("x", 6)), levels = c("x", "y", "z"))
effects <- outer(rnorm(genes) * rbinom(genes, 1, 0.3), as.integer(treatment) - 1)
own <- matrix(rnorm(genes * 6, 0, 0.5), genes)[, rep(1:6, each = 2)]

values <- round(rnorm(genes, 7, 2) + effects + own + t(t(matrix(rnorm(genes * 12), genes)) * noise) * sqrt(0.3 / rchisq(genes, 6) * 6), 6)
# A gene without variance: R leaves it out of weights; its correlation within blocks would be the rounding of 0 over 0.
constant <- arrayWeights(rbind(values, 5), design)
aw <- arrayWeights(values, design)
byGene <- arrayWeights(values, design, method = "genebygene")
dup <- duplicateCorrelation(values, design, block = donor)
dupAw <- duplicateCorrelation(values, design, block = donor, weights = aw)
fit <- lmFit(values, design, weights = aw)
log <- list(values = rows(values), weights = unname(aw), constant = unname(constant), lone = unname(arrayWeights(values, model.matrix(~lone))),
  high = table(fit, 3), between = between(fit, c(0, -1, 1)),
  given = table(lmFit(values, design, weights = given), 3),
  block = list(correlation = dupAw$consensus, high = table(lmFit(values, design, weights = aw, block = donor, correlation = dupAw$consensus), 3),
    between = between(lmFit(values, design, weights = aw, block = donor, correlation = dupAw$consensus), c(0, -1, 1))))

base <- exp(rnorm(genes, 4, 1.6))
mu <- base * exp((effects + own + t(t(matrix(rnorm(genes * 12), genes)) * (noise - 0.6))) * 0.6)
counts <- matrix(rnbinom(length(mu), mu = t(t(mu) * c(1, 2, 0.7, 1.2, 0.9, 1.5, 1, 0.8, 1.3, 1, 1, 2.2)), size = 12), genes)
counts[9, ] <- 0L
storage.mode(counts) <- "integer"
y <- calcNormFactors(DGEList(counts))
v <- voomWithQualityWeights(y, design)
fit <- lmFit(v, design)
weighted <- list(weights = unname(v$targets$sample.weights), lone = unname(voomWithQualityWeights(y, model.matrix(~lone))$targets$sample.weights),
  high = table(fit, 3), between = between(fit, c(0, -1, 1)))
g <- voom(y, design, weights = given)
g$weights <- t(t(g$weights) * given)
givenTable <- table(lmFit(g, design), 3)

# limma's guide: voom and duplicateCorrelation, each twice.
twice <- function(voom) {
  v <- voom(y, design)
  first <- duplicateCorrelation(v, design, block = donor)$consensus
  v <- voom(y, design, block = donor, correlation = first)
  second <- duplicateCorrelation(v, design, block = donor)$consensus
  fit <- lmFit(v, design, block = donor, correlation = second)
  list(first = first, second = second, high = table(fit, 3), between = between(fit, c(0, -1, 1)))
}
save_golden("sample-weights", list(made = made(c("limma", "edgeR", "statmod"), c("limma::arrayWeights", "limma::voomWithQualityWeights",
  "limma::duplicateCorrelation", "limma::voom", "limma::lmFit", "limma::eBayes", "limma::contrasts.fit")),
  donor = donor, treatment = as.character(treatment), lone = as.character(lone), given = given, log = log,
  voom = list(counts = rows(counts), weighted = weighted, given = givenTable, block = twice(voom), both = twice(voomWithQualityWeights))))
