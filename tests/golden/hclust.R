# Trees for each distance and linkage. Cophenetic distances are those of pairs i > j, row by row.
source("tests/golden/golden.R")

m <- simulated_values(24, 61, 4)
distances <- list(
  euclidean = dist(m),
  pearson = as.dist(1 - cor(t(m))),
  spearman = as.dist(1 - cor(t(m), method = "spearman"))
)
trees <- list()
for (distance in names(distances)) for (linkage in c("average", "complete", "single", "ward.D2")) {
  h <- hclust(distances[[distance]], linkage)
  c <- as.matrix(cophenetic(h))
  trees[[length(trees) + 1]] <- list(distance = distance, linkage = linkage,
    merge = as.vector(t(h$merge)), height = h$height, order = h$order,
    cophenetic = unlist(lapply(2:nrow(c), function(i) c[i, seq_len(i - 1)])))
}
save_golden("hclust", list(
  made = made("stats", c("stats::hclust", "stats::dist", "stats::cor", "stats::cophenetic")),
  values = rows(m),
  trees = trees
))
