# Whole chains of limma and limma-voom on simulated counts and log values, and on the shipped lanes of Marioni 2008.
# Needs limma, edgeR, statmod (Debian: r-bioc-limma, r-bioc-edger, r-cran-statmod).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(edgeR); library(statmod) })

table <- function(fit, coefficient = 1, lfc = NULL) {
  fit <- if (is.null(lfc)) fit else fit
  p <- fit$p.value[, coefficient]
  list(lfc = unname(fit$coefficients[, coefficient]), se = unname(fit$stdev.unscaled[, coefficient] * sqrt(fit$s2.post)),
    stat = unname(fit$t[, coefficient]), p = signif(unname(p), 15), padj = signif(unname(p.adjust(p, "BH")), 15))
}
prior <- function(fit) list(d0 = I(ifelse(is.infinite(fit$df.prior), -1, fit$df.prior)), s0 = I(unname(fit$s2.prior)))

set.seed(5)
genes <- 300
genotype <- factor(rep(c("WT", "SOD1", "HET"), each = 3), levels = c("WT", "SOD1", "HET"))
batch <- factor(c("a", "b", "a", "b", "a", "b", "b", "a", "b"))
mu <- exp(rnorm(genes, 4, 1.6)) * exp(outer(rnorm(genes) * rbinom(genes, 1, 0.2), as.integer(genotype) - 1) + outer(rnorm(genes, 0, 0.2), as.integer(batch)))
counts <- matrix(rnbinom(length(mu), mu = t(t(mu) * c(1, 2.1, 0.7, 1.2, 0.9, 1.6, 1, 0.8, 1.3)), size = 1 / (0.05 + 1 / mu)), genes)
counts[4, ] <- 0
counts[9, 3] <- 40000
y <- calcNormFactors(DGEList(counts))
design <- model.matrix(~ batch + genotype)
v <- voom(y, design)
fit <- lmFit(v, design)
between <- contrasts.fit(fit, c(0, 0, 1, -1))
voomed <- list(counts = rows(counts), genotype = as.character(genotype), batch = as.character(batch),
  prior = prior(eBayes(fit)), sod1 = table(eBayes(fit), 3), between = table(eBayes(between)),
  robust = table(eBayes(fit, robust = TRUE), 3), treat = table(treat(fit, lfc = 0.5), 3))

log <- simulated_values(200, 10, 8) / 3
log[5, ] <- log[5, ] * 9
donor <- c(1, 1, 2, 2, 3, 3, 4, 4, 5, 5)
shift <- matrix(rnorm(200 * 5, 0, 0.4), 200)
log <- round(log + shift[, donor], 6)
treatment <- factor(c("no", "yes", "no", "yes", "yes", "no", "no", "yes", "no", "yes"))
x <- c(1, 4, 2, 5, 3, 7, 2.5, 6, 1.5, 3.5)
design <- model.matrix(~ treatment + x)
fit <- lmFit(log, design)
dup <- duplicateCorrelation(log, design, block = donor)
blocked <- lmFit(log, design, block = donor, correlation = dup$consensus)
logs <- list(values = rows(log), donor = paste0("d", donor), treatment = as.character(treatment), x = x,
  plain = table(eBayes(fit), 2), prior = prior(eBayes(fit)), trend = table(eBayes(fit, trend = TRUE), 2),
  robust = table(eBayes(fit, robust = TRUE, trend = TRUE), 2), treat = table(treat(fit, lfc = 0.3), 2),
  consensus = dup$consensus.correlation, correlations = dup$atanh.correlations, block = table(eBayes(blocked), 2))

m <- read.csv("data/marioni/counts.csv")
sheet <- read.csv("data/marioni/samples.csv")
lanes <- as.matrix(m[, sheet$sample_id])
y <- calcNormFactors(DGEList(lanes))
design <- model.matrix(~ factor(sheet$tissue, levels = c("Kidney", "Liver")))
full <- eBayes(lmFit(voom(y, design), design))
some <- seq(1, nrow(lanes), by = 60)
t2 <- table(full, 2)
marioni <- list(rows = some - 1L, prior = prior(full), table = lapply(t2, function(z) z[some]), significant = sum(t2$padj < 0.05))
save_golden("linear-models", list(made = made(c("limma", "edgeR", "statmod"),
  c("limma::voom", "limma::lmFit", "limma::contrasts.fit", "limma::eBayes", "limma::treat", "limma::duplicateCorrelation")),
  voom = voomed, log = logs, marioni = marioni))
