# The simulated log residuals that the prior variance is matched against where 3 or fewer residual degrees of freedom are left
# (seed 2, 200 variances, bins of 0.5 on -10..10), and the vertices of the smoother over those variances.
source("tests/golden/golden.R")

breaks <- -20:20 / 2
tables <- lapply(1:3, function(df) {
  set.seed(2)
  sapply(seq(0, 8, length.out = 200), function(v) {
    x <- log(rchisq(1e4, df = df)) + rnorm(1e4, 0, sqrt(v)) - log(df)
    x <- x[x > min(breaks) & x < max(breaks)]
    hist(x, breaks = breaks, plot = FALSE)$counts
  })
})
fit <- loess(y ~ x, data.frame(x = seq(0, 8, length.out = 200), y = sin(1:200 / 20)), span = 0.2)
str(fit$kd)
print(sort(unique(fit$kd$xi)), digits = 17)
print(fit$kd$vert, digits = 17)
bytes <- as.raw(rbind(unlist(tables) %% 256, unlist(tables) %/% 256))
writeLines(jsonlite::base64_enc(memCompress(bytes, "none")), "/tmp/prior.b64")
print(sapply(tables, function(t) c(max(t), sum(t == 0), dim(t))))
