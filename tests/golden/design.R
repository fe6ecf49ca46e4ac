# Model matrices of formulas over a small sheet: column names and values.
source("tests/golden/golden.R")

sheet <- data.frame(
  genotype = factor(rep(c("WT", "SOD1", "HET"), each = 4), levels = c("WT", "SOD1", "HET")),
  age = factor(rep(c("P56", "P112"), 6), levels = c("P56", "P112")),
  batch = factor(rep(c("b", "a", "a", "b"), 3)),
  weight = c(20.5, 21, 19.25, 22, 18, 17.5, 24, 21.75, 20, 23.5, 22.25, 19),
  week = rep(c(8, 16, 8), 4),
  male = rep(c(TRUE, FALSE, FALSE, TRUE, TRUE, FALSE), 2),
  check.names = FALSE
)
sheet[["cell type"]] <- factor(rep(c("x", "y z"), each = 1, times = 6)[c(2, 1, 1, 2, 2, 1, 1, 1, 2, 2, 1, 2)])
formulas <- c("~ 1", "~ genotype", "~ batch + genotype", "~ genotype * age", "~ genotype + age + genotype:age",
  "~ 0 + genotype", "~ 0 + genotype + batch", "~ genotype + age - 1", "~ weight", "~ weight * genotype", "~ genotype:weight",
  "~ genotype + genotype:weight", "~ weight + genotype:weight", "~ 0 + weight + genotype", "~ factor(week) + genotype",
  "~ male", "~ male * weight", "~ `cell type` + genotype", "~ 0 + genotype:age", "~ age + genotype:age", "~ (genotype + batch) * age",
  "~ weight:week", "~ genotype * age - genotype:age", "~ age:genotype + batch", "~ 0 + age:batch + weight", "~ genotype * weight * male",
  "~ 0 + weight:batch + batch")
cases <- lapply(formulas, function(f) {
  m <- model.matrix(as.formula(f), sheet)
  list(formula = f, full = qr(m)$rank == ncol(m), names = I(colnames(m)), matrix = rows(unclass(m)))
})
save_golden("design", list(made = made("stats", "stats::model.matrix"),
  sheet = lapply(sheet, function(x) if (is.factor(x)) as.character(x) else x), cases = cases))
