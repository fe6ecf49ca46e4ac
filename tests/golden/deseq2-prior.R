# The simulated log residuals that the prior variance is matched against where 3 or fewer residual degrees of freedom are left: seed 2, 200
# variances, bins of 0.5 on -10..10, printed as src/engine/kernels/dispersion-prior-tables.ts keeps them. Then the vertices
# of the smoother over those variances, as indices of the 200, which dispersion-prior.ts names.
breaks <- -20:20 / 2
variances <- seq(0, 8, length.out = 200)
letters64 <- c(LETTERS, letters, 0:9, "+", "/")
for (df in 1:3) {
  set.seed(2)
  counts <- sapply(variances, function(v) {
    x <- log(rchisq(1e4, df = df)) + rnorm(1e4, 0, sqrt(v)) - log(df)
    x <- x[x > min(breaks) & x < max(breaks)]
    hist(x, breaks = breaks, plot = FALSE)$counts
  })
  cat('"', paste0(letters64[counts %/% 64 + 1], letters64[counts %% 64 + 1], collapse = ""), '",\n', sep = "")
}
fit <- loess(y ~ x, data.frame(x = variances, y = sin(1:200 / 20)), span = 0.2)
cat(setdiff(sort(match(fit$kd$xi, variances)) - 1, 0), "\n")
print(fit$kd$vert)
