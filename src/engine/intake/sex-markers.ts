import { columnNames, hasColumn, sharedStrings, strings } from "../../tables/index.ts";
import { plainName } from "../experiment/gene-columns.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { Experiment, ReportLine } from "../experiment/types.ts";
import { donorColumns } from "./donor-columns.ts";

const list = (text: string) => new Set(text.split(" "));
/** XIST, and genes of the Y chromosome without a twin elsewhere, human and mouse: symbol, Ensembl and Entrez ids. */
const xist = list("XIST ENSG00000229807 7503 ENSMUSG00000086503 213742");
const onY = list(
  "RPS4Y1 DDX3Y KDM5D UTY USP9Y EIF1AY EIF2S3Y ENSG00000129824 ENSG00000067048 ENSG00000012817 ENSG00000183878 ENSG00000114374 ENSG00000198692 " +
    "ENSMUSG00000056673 ENSMUSG00000068457 ENSMUSG00000069044 ENSMUSG00000069045 ENSMUSG00000069049 6192 8653 8284 7404 8287 9086 20592 22290 107868 26900 26908",
);

/** First and last letters of all of them, cases made one as `mayBeMarker` does. */
const edges = new Set(
  [...xist, ...onY].map(
    (name) => (name.charCodeAt(0) & 0xdf) * 256 + (name.charCodeAt(name.length - 1) & 0xdf),
  ),
);

/** Expressed: this many reads (or transcripts) per million; clearly so: this many. */
const some = 1.5;
const clear = 5;
/** Libraries of fewer reads (single cells) say nothing about sex. */
const fewest = 100_000;

/**
 * What XIST and the Y chromosome say: samples that express both (mixed up, contaminated or pooled), samples that
 * disagree with a column sex or gender of the sheet, and donors whose samples disagree. Counts and abundances only.
 */
export function sexMarkers(experiment: Experiment, sizes: Float64Array): ReportLine[] {
  const { kind, counts, genes, samples } = experiment;
  if (kind === "log") return [];
  const { x, y } = markerRows(experiment);
  if (x.length === 0 || y.length < 2 || genes.numRows < 1000) return [];
  const ids = strings(samples, "sample_id") as string[];
  const { nSamples, values } = counts;
  const level = (rows: readonly number[], s: number): number => {
    const mean = rows.reduce((sum, row) => sum + values[row * nSamples + s], 0) / rows.length;
    return kind === "counts" ? (mean / sizes[s]) * 1e6 : mean;
  };
  const calls = ids.map((_, s): "female" | "male" | "both" | null => {
    if (kind === "counts" && sizes[s] < fewest) return null;
    const female = level(x, s);
    const male = level(y, s);
    if (female >= some && male >= some) return "both";
    if (female >= clear) return "female";
    return male >= clear ? "male" : null;
  });
  const report: ReportLine[] = [];
  const donors = donorColumns(samples);
  const owners = donors.length > 0 ? strings(samples, donors[0]) : [];
  const both = ids.flatMap((id, s) => {
    if (calls[s] !== "both") return [];
    return [owners[s] ? `${id} (${owners[s]})` : id];
  });
  if (both.length > 0)
    report.push(
      reportLine(
        "warning",
        "sex-markers-both",
        `${plural(both.length, "sample")} ${both.length === 1 ? "expresses" : "express"} XIST and genes of the Y chromosome: ${firstFew(both)}. They may be mixed up or pooled.`,
        both.length,
        both[0],
      ),
    );
  const sheet = columnNames(samples).find((name) => ["sex", "gender"].includes(plainName(name)));
  if (sheet !== undefined) {
    const told = strings(samples, sheet).map((text) => {
      const plain = (text ?? "").trim().toLowerCase();
      return /^(f|female|woman|w)$/.test(plain)
        ? "female"
        : /^(m|male|man)$/.test(plain)
          ? "male"
          : null;
    });
    const wrong = ids.filter(
      (_, s) =>
        told[s] !== null && calls[s] !== null && calls[s] !== "both" && told[s] !== calls[s],
    );
    if (wrong.length > 0)
      report.push(
        reportLine(
          "warning",
          "sex-markers-sheet",
          `XIST and the Y chromosome disagree with column ${sheet} in ${plural(wrong.length, "sample")}: ${firstFew(wrong)}.`,
          wrong.length,
          wrong[0],
        ),
      );
  }
  for (const name of donors) {
    const seen = new Map<string, Set<string>>();
    strings(samples, name).forEach((donor, s) => {
      const call = calls[s];
      if (donor === null || call === null || call === "both") return;
      seen.set(donor, (seen.get(donor) ?? new Set()).add(call));
    });
    const mixed = [...seen].filter(([, sexes]) => sexes.size > 1).map(([donor]) => donor);
    if (mixed.length > 0)
      report.push(
        reportLine(
          "warning",
          "sex-markers-donor",
          `Samples of one donor (column ${name}) disagree in XIST and the Y chromosome: ${firstFew(mixed)}.`,
          mixed.length,
          mixed[0],
        ),
      );
  }
  return report;
}

function markerRows({ genes }: Experiment): { x: number[]; y: number[] } {
  const names = ["gene_id", ...(hasColumn(genes, "symbol") ? ["symbol"] : [])];
  const x = new Set<number>();
  const y = new Set<number>();
  for (const name of names)
    sharedStrings(genes, name).forEach((text, row) => {
      if (text === null || !mayBeMarker(text)) return;
      const plain = text.replace(/\.\d+$/, "").toUpperCase();
      if (xist.has(plain)) x.add(row);
      else if (onY.has(plain)) y.add(row);
    });
  return { x: [...x].slice(0, 1), y: [...y] };
}

/** By its first and last letters before any version: a cheap look that spares most names the careful one. */
function mayBeMarker(text: string): boolean {
  const dot = text.lastIndexOf(".");
  const end = (dot > 0 ? dot : text.length) - 1;
  return edges.has((text.charCodeAt(0) & 0xdf) * 256 + (text.charCodeAt(end) & 0xdf));
}
