# R's results for the page "Agreement with R", into the folder given as argument, which holds NAME.counts.tsv (gene_id, then a column a sample)
# and NAME.samples.tsv of each experiment. Writes NAME.csv: for each gene p and log2 fold change by method. Needs DESeq2, edgeR, limma, statmod.
suppressPackageStartupMessages({ library(DESeq2); library(edgeR); library(limma); library(statmod) })

folder <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(folder), dir.exists(folder))
open <- function(name) {
  counts <- as.matrix(read.delim(file.path(folder, paste0(name, ".counts.tsv")), row.names = 1, check.names = FALSE, quote = "", na.strings = character()))
  samples <- read.delim(file.path(folder, paste0(name, ".samples.tsv")), row.names = 1, quote = "", stringsAsFactors = TRUE)
  stopifnot(identical(colnames(counts), rownames(samples)))
  list(counts = counts, samples = samples)
}
number <- function(x, digits) ifelse(is.na(x), "", sprintf(paste0("%.", digits, "g"), x))
write <- function(name, genes, methods, each) {
  columns <- do.call(c, lapply(names(methods), function(m) setNames(list(number(methods[[m]]$p, 10), number(methods[[m]]$lfc, 9)), paste0(m, c("_p", "_lfc")))))
  rows <- seq(1, length(genes), by = each)
  lines <- do.call(paste, c(list(genes), columns, sep = ","))[rows]
  writeLines(c(paste(c("gene_id", names(columns)), collapse = ","), lines), file.path(folder, paste0(name, ".csv")), sep = "\n")
}
deseq2 <- function(counts, samples, design) {
  r <- results(DESeq(DESeqDataSetFromMatrix(counts, samples, design), quiet = TRUE))
  list(p = r$pvalue, lfc = r$log2FoldChange)
}
edger <- function(counts, x, robust = FALSE) {
  y <- estimateDisp(calcNormFactors(DGEList(counts)), x)
  t <- glmQLFTest(glmQLFit(y, x, robust = robust), coef = ncol(x))$table
  list(p = t$PValue, lfc = t$logFC)
}
linear <- function(v, x, ..., trend = FALSE, robust = FALSE) {
  fit <- eBayes(lmFit(v, x, ...), trend = trend, robust = robust)
  list(p = fit$p.value[, ncol(x)], lfc = fit$coefficients[, ncol(x)])
}

# Marioni: lanes. DESeq2 has two answers here, which the order of the samples decides between; see DECISIONS.md.
m <- open("marioni")
m$samples$tissue <- factor(m$samples$tissue, levels = c("Kidney", "Liver"))
x <- model.matrix(~tissue, m$samples)
set.seed(1)
shuffled <- replicate(3, sample(ncol(m$counts)))[, 3]
y <- calcNormFactors(DGEList(m$counts))
write("marioni", rownames(m$counts), list(deseq2 = deseq2(m$counts[, shuffled], m$samples[shuffled, , drop = FALSE], ~tissue), stored = deseq2(m$counts, m$samples, ~tissue),
  edger = edger(m$counts, x), voom = linear(voom(y, x), x)), 1)

# g85r: simulated counts of 12 animals.
g <- open("g85r")
g$samples$genotype <- factor(g$samples$genotype, levels = c("WT", "SOD1"))
x <- model.matrix(~ sex + genotype, g$samples)
y <- calcNormFactors(DGEList(g$counts))
write("g85r", rownames(g$counts), list(deseq2 = deseq2(g$counts, g$samples, ~ sex + genotype), edger = edger(g$counts, x), robust = edger(g$counts, x, TRUE),
  voom = linear(voom(y, x), x), weighted = linear(voomWithQualityWeights(y, x), x)), 3)

# g86r: simulated intensities of 12 animals.
a <- open("g86r")
a$samples$genotype <- factor(a$samples$genotype, levels = c("WT", "SOD1"))
x <- model.matrix(~ sex + genotype, a$samples)
write("g86r", rownames(a$counts), list(limma = linear(a$counts, x), trend = linear(a$counts, x, trend = TRUE, robust = TRUE),
  weighted = linear(a$counts, x, weights = arrayWeights(a$counts, x))), 3)

writeLines(c(R.version.string, sapply(c("DESeq2", "edgeR", "limma", "statmod"), function(p) paste(p, packageVersion(p)))), file.path(folder, "versions.txt"))
