# Correlations of rows, with ties among the values.
source("tests/golden/golden.R")

m <- round(simulated_values(9, 14, 5), 1)
save_golden("correlation", list(
  made = made("stats", "stats::cor"),
  values = rows(m),
  pearson = as.vector(cor(t(m))),
  spearman = as.vector(cor(t(m), method = "spearman"))
))
