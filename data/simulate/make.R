# Writes the two tables that the simulated experiments are built on, as CSV, into the folder given as argument:
#   mouse-genes.csv  every mouse gene symbol of geneLenDataBase's mm9.geneSymbol.LENGTH, in the package's order, with the
#                    length of its longest transcript in bases
#   orthologs.csv    mouse symbols whose upper case is a human symbol of exactly one Entrez gene in org.Hs.eg.db, and
#                    Serpinb1a = SERPINB1 by hand: pairs by name, not by descent

out <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(out), dir.exists(out))
suppressMessages(library(org.Hs.eg.db))
data("mm9.geneSymbol.LENGTH", package = "geneLenDataBase")
lengths <- mm9.geneSymbol.LENGTH
mouse <- unique(lengths$Gene)
longest <- vapply(split(lengths$Length, factor(lengths$Gene, mouse)), max, 1L)
stopifnot(
  length(mouse) == 21277, !anyNA(mouse), !anyNA(longest), all(longest > 0), identical(names(longest), mouse),
  !any(grepl("[,\"\r\n]", mouse)), !anyDuplicated(toupper(mouse)))

entrez <- AnnotationDbi::toTable(org.Hs.egSYMBOL)
human <- unique(entrez$symbol)
human <- human[!human %in% entrez$symbol[duplicated(entrez$symbol)]]
paired <- toupper(mouse) %in% human
by_hand <- mouse == "Serpinb1a"
stopifnot(sum(by_hand) == 1, "SERPINB1" %in% human, !"SERPINB1" %in% toupper(mouse))

write <- function(.file, ...) {
  rows <- do.call(paste, c(list(...), sep = ","))
  connection <- file(file.path(out, .file), "wb")
  writeLines(c(paste(names(list(...)), collapse = ","), rows), connection, sep = "\n", useBytes = TRUE)
  close(connection)
}
write("mouse-genes.csv", symbol = mouse, length = unname(longest))
kept <- paired | by_hand
write("orthologs.csv",
  mouse_symbol = mouse[kept],
  human_symbol = ifelse(by_hand, "SERPINB1", toupper(mouse))[kept],
  basis = ifelse(by_hand, "by hand", "by symbol")[kept])
message("geneLenDataBase ", packageVersion("geneLenDataBase"), ", org.Hs.eg.db ", packageVersion("org.Hs.eg.db"),
  ": ", length(mouse), " mouse symbols, ", sum(kept), " pairs")
