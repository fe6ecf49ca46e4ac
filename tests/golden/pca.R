# Principal components: fewer samples than genes, and more.
source("tests/golden/golden.R")

case <- function(m, scale) {
  p <- prcomp(t(m), center = TRUE, scale. = scale)
  k <- 5
  list(values = rows(m), scale = scale, variance = p$sdev^2,
    scores = as.vector(p$x[, 1:k]), loadings = as.vector(p$rotation[, 1:k]))
}
save_golden("pca", list(
  made = made("stats", "stats::prcomp"),
  wide = case(simulated_values(40, 9, 1), FALSE),
  wideScaled = case(simulated_values(40, 9, 1), TRUE),
  tall = case(simulated_values(8, 30, 2), FALSE),
  tallScaled = case(simulated_values(8, 30, 2), TRUE)
))
