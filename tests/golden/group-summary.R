# Mean, variance and detected of every gene in every group, as stored and on two scales.
source("tests/golden/golden.R")
suppressPackageStartupMessages(library(edgeR))

counts <- simulated_counts(60, c(1, 2.2, 0.6, 1.4, 0.9, 3, 1.1))
group <- factor(c("b", "a", "b", "c", "a", "a", "b"), levels = c("b", "a", "c"))
summarise <- function(m) {
  by_group <- function(f) as.vector(t(sapply(levels(group), function(k) apply(m[, group == k, drop = FALSE], 1, f))))
  list(mean = by_group(mean), variance = by_group(var))
}
save_golden("group-summary", list(
  made = made("edgeR", c("base::mean", "stats::var", "edgeR::cpm")),
  counts = rows(counts),
  groups = as.integer(group) - 1L,
  count = summarise(counts),
  cpm = summarise(cpm(counts)),
  logcpm = summarise(cpm(counts, log = TRUE, prior.count = 2)),
  detected = as.vector(t(sapply(levels(group), function(k) rowSums(counts[, group == k, drop = FALSE] > 0))))
))
