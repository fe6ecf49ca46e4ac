# edgeR's quasi-likelihood chain on simulated counts: a design of groups, and one with batches; robust or not; glmTreat.
# Needs edgeR and statmod (Debian: r-bioc-edger, r-cran-statmod).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(edgeR); library(statmod) })

set.seed(17)
genes <- 400
genotype <- factor(rep(c("WT", "SOD1", "HET"), each = 3), levels = c("WT", "SOD1", "HET"))
batch <- factor(c("a", "b", "a", "b", "a", "b", "b", "a", "b"))
base <- exp(rnorm(genes, 3.6, 1.7))
mu <- base * exp(outer(rnorm(genes) * rbinom(genes, 1, 0.25), as.integer(genotype) - 1) + outer(rnorm(genes, 0, 0.2), as.integer(batch)))
counts <- matrix(rnbinom(length(mu), mu = t(t(mu) * c(1, 2.1, 0.7, 1.2, 0.9, 1.6, 1, 0.8, 1.3)), size = 1 / (0.04 + 1 / base) / rchisq(genes, 10) * 10), genes)
counts[4, ] <- 0; counts[5, ] <- c(0, 0, 1, 0, 0, 0, 0, 1, 0)
counts[6, 1:3] <- 0; counts[7, 4:6] <- 0
wild <- counts
wild[9, 3] <- 40000
counts <- pmin(counts, 7000)
storage.mode(counts) <- storage.mode(wild) <- "integer"

table <- function(t) list(lfc = t$table$logFC, stat = if (is.null(t$table$F)) NULL else t$table$F, p = signif(t$table$PValue, 15), padj = signif(p.adjust(t$table$PValue, "BH"), 15))
chain <- function(counts, design, coefficient, contrast) {
  y <- estimateDisp(calcNormFactors(DGEList(counts)), design)
  fit <- glmQLFit(y, design)
  robust <- glmQLFit(y, design, robust = TRUE)
  list(trend = y$trended.dispersion, tagwise = y$tagwise.dispersion, one = table(glmQLFTest(fit, coef = coefficient)), contrast = table(glmQLFTest(fit, contrast = contrast)),
    robust = table(glmQLFTest(robust, coef = coefficient)), # With a gene that is zero throughout, glmTreat mixes up which genes are wide; so it is left out here.
    treat = table(glmTreat(fit[rowSums(counts) > 0, ], coef = coefficient, lfc = 0.5)))
}
poisson <- counts
poisson[] <- rpois(length(mu), mu)
y <- estimateDisp(calcNormFactors(DGEList(poisson)), model.matrix(~ genotype))
bound <- glmQLFTest(glmQLFit(y, model.matrix(~ genotype)), coef = 2)
d <- counts # before normalisation, as the guides have it
filter <- list(group = filterByExpr(d, group = genotype), design = filterByExpr(d, design = model.matrix(~ batch + genotype)), none = suppressWarnings(filterByExpr(d)),
  low = filterByExpr(d, group = genotype, min.count = 3, min.total.count = 5, large.n = 2, min.prop = 0.5))
keep <- function(f) I(as.integer(which(f)) - 1L)
save_golden("edger", list(made = made(c("edgeR", "limma", "statmod"), c("edgeR::estimateDisp", "edgeR::glmQLFit", "edgeR::glmQLFTest", "edgeR::glmTreat", "edgeR::filterByExpr")),
  counts = rows(counts), genotype = as.character(genotype), batch = as.character(batch),
  groups = chain(counts, model.matrix(~ genotype), 2, c(0, 1, -1)), batches = chain(counts, model.matrix(~ batch + genotype), 3, c(0, 0, 1, -1)),
  wild = list(counts = rows(wild), batches = chain(wild, model.matrix(~ batch + genotype), 3, c(0, 0, 1, -1))),
  poisson = list(counts = rows(poisson), test = table(bound)), filter = lapply(filter, keep)))
