# lowess, squeezeVar with and without trend and outliers, over variances of equal and unequal degrees of freedom.
# Needs limma and statmod (Debian: r-bioc-limma, r-cran-statmod).
source("tests/golden/golden.R")
suppressPackageStartupMessages({ library(limma); library(statmod) })

set.seed(11)
n <- 300
covariate <- round(rnorm(n, 5, 2), 4)
spread <- function(d0, d) signif(exp(-covariate / 6) * rchisq(n, d) / d / (rchisq(n, d0) / d0), 8)
squeeze <- function(v, df, covariate = NULL, robust = FALSE) {
  s <- suppressWarnings(squeezeVar(v, df, covariate = covariate, robust = robust))
  list(posterior = s$var.post, priorVariance = I(s$var.prior), priorDf = I(ifelse(is.infinite(s$df.prior), -1, s$df.prior)))
}
case <- function(v, df) list(variances = v, df = I(df), plain = squeeze(v, df), trend = squeeze(v, df, covariate),
  robust = squeeze(v, df, NULL, TRUE), both = squeeze(v, df, covariate, TRUE))
equal <- spread(6, 5)
equal[1:6] <- equal[1:6] * 60
chance <- signif(rchisq(n, 8) / 8, 8)
late <- chance; late[3:5] <- late[3:5] * 12
df <- sample(c(5, 5, 5, 4, 3), n, TRUE)
unequal <- signif(exp(-covariate / 6) * rchisq(n, df) / df / (rchisq(n, 9) / 9), 8)
unequal[10:12] <- unequal[10:12] * 40
none <- unequal; dfNone <- df; dfNone[20:24] <- 0; none[20:24] <- 0
zero <- equal; zero[30:33] <- 0
x <- sort(covariate); y <- signif(sin(x) + rnorm(n) / 3, 8); y[40] <- 9
save_golden("limma-kernels", list(
  made = made(c("limma", "statmod"), c("limma::squeezeVar", "stats::lowess")),
  covariate = covariate,
  cases = list(equal = case(equal, 5), chance = case(chance, 8), late = case(late, 8), unequal = case(unequal, df), none = case(none, dfNone), zero = case(zero, 5)),
  lowess = list(x = x, y = y, half = lowess(x, y, f = 0.5)$y, fifth = lowess(x, y, f = 0.2, delta = 0)$y)
))
