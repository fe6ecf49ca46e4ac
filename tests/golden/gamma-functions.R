# log gamma and its first two derivatives over the range used, and the logarithm of the normal tail.
source("tests/golden/golden.R")

set.seed(1)
x <- signif(c(10^runif(150, -8, 9), runif(100, 0.3, 3.2), 1 + 1e-7, 2 - 1e-6, 0.5, 1.5, 2.5, 10, 15), 12)
z <- signif(c(runif(120, -8, 38), -2, 0, 1e-9, -1e-9, 1.9999, 2, 2.0001, 37.5, 100), 12)
save_golden("gamma-functions", list(
  made = made("stats", c("base::lgamma", "base::digamma", "base::trigamma", "stats::pnorm")),
  x = x, logGamma = lgamma(x), digamma = digamma(x), trigamma = trigamma(x),
  z = z, logTail = pnorm(z, lower.tail = FALSE, log.p = TRUE)))
