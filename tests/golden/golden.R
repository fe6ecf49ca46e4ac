# What every script here shares. Run from the repository root: Rscript tests/golden/NAME.R
suppressPackageStartupMessages(library(jsonlite))

# Which R, which packages, which functions made a file.
made <- function(packages, functions) {
  list(
    R = R.version.string,
    packages = sapply(packages, function(p) as.character(packageVersion(p)), simplify = FALSE),
    functions = functions
  )
}

# A matrix as its values row by row.
rows <- function(m) list(nRows = nrow(m), nColumns = ncol(m), values = as.vector(t(m)))

save_golden <- function(name, x) {
  writeLines(toJSON(x, digits = NA, auto_unbox = TRUE, na = "null"), paste0("tests/golden/", name, ".json"))
}

# Counts of a few hundred genes with zeros, uneven depth, and one gene that is zero everywhere.
simulated_counts <- function(genes = 240, depth = c(1, 2.2, 0.6, 1.4, 0.9, 3)) {
  set.seed(20)
  mu <- exp(rnorm(genes, 3.2, 1.9))
  m <- sapply(depth, function(d) rnbinom(genes, mu = mu * d * exp(rnorm(genes, 0, 0.15)), size = 4))
  m[7, ] <- 0
  storage.mode(m) <- "integer"
  m
}

# Values on a log scale, rounded so that the file holds them exactly.
simulated_values <- function(rows, columns, seed) {
  set.seed(seed)
  centre <- matrix(rnorm(4 * columns, 0, 2), 4)
  round(centre[rep_len(1:4, rows), ] + matrix(rnorm(rows * columns), rows), 6)
}
