# limma on a published series matrix of log2 values: GSE68605 (Cooper-Knock 2015, GEO), 8 carriers of a C9ORF72 repeat against 3 controls.
# Made only where ../shared/data has the file; the golden keeps statistics of every 270th probe set, no values. Needs limma, statmod.
source("tests/golden/golden.R")
suppressPackageStartupMessages(library(limma))

path <- "../shared/data/als-array-gse68605/GSE68605_series_matrix.txt.gz"
stopifnot(file.exists(path))
lines <- readLines(path)
from <- which(lines == "!series_matrix_table_begin") + 1
to <- which(lines == "!series_matrix_table_end") - 1
m <- read.delim(text = lines[from:to], row.names = 1, check.names = FALSE)
values <- as.matrix(m)
group <- factor(rep(c("als", "control"), c(8, 3)), levels = c("control", "als"))
design <- model.matrix(~ group)
some <- seq(1, nrow(values), by = 270)
table <- function(fit) {
  p <- fit$p.value[, 2]
  all <- list(lfc = fit$coefficients[, 2], se = fit$stdev.unscaled[, 2] * sqrt(fit$s2.post), stat = fit$t[, 2], p = signif(p, 15), padj = signif(p.adjust(p, "BH"), 15))
  c(lapply(all, function(x) unname(x[some])), list(significant = sum(p < 0.01), fdr = sum(all$padj < 0.1)))
}
plain <- lmFit(values, design)
weights <- arrayWeights(values, design)
save_golden("limma-array", list(made = made(c("limma", "statmod"), c("limma::lmFit", "limma::eBayes", "limma::treat", "limma::arrayWeights")),
  source = "GEO GSE68605", genes = nrow(values), id = rownames(values)[some], plain = table(eBayes(plain)), trend = table(eBayes(plain, trend = TRUE)),
  robust = table(eBayes(plain, trend = TRUE, robust = TRUE)), treat = table(treat(plain, lfc = 0.2)),
  weights = unname(weights), weighted = table(eBayes(lmFit(values, design, weights = weights)))))
