import { readError } from "../../base/errors.ts";
import { strings } from "../../tables/index.ts";
import { factsOfValues, kindOfValues } from "../experiment/kind-of-values.ts";
import { plural, reportLine } from "../experiment/report-line.ts";
import type { Kind, ReportLine } from "../experiment/types.ts";
import type { ReadParts } from "../readers/index.ts";

/** The scale that the names of all samples, or of the file, speak of: means, FPKM, RPKM, TPM, CPM; else null. */
function nameOfScale({ file, samples }: ReadParts): string | null {
  const scale = /(?:^|[^a-z])(fpkm|rpkm|tpm|cpm|means?|average|normali[sz]ed)(?=$|[^a-z])/i;
  const ids = strings(samples, "sample_id") as string[];
  const found = ids.every((id) => scale.test(id)) ? scale.exec(ids[0]) : scale.exec(file);
  return found?.[1] ?? null;
}

/** Fractional values that are fewer than this share of all look like errors in a table of counts. */
const stray = 0.01;

/**
 * What the values are: as the option says, else as the file says, else by the values, aloud in the report. Whole numbers
 * of which some are negative are no counts and no intensities either: a ReadError that names the first.
 */
export function decideKind(
  parts: ReadParts,
  asked: Kind | undefined,
): { kind: Kind; report: ReportLine[] } {
  if (asked !== undefined) {
    const report =
      parts.kind !== null && parts.kind !== asked
        ? [
            reportLine(
              "warning",
              "kind-overruled",
              `The file says ${parts.kind}; it is read as ${asked}, as asked.`,
            ),
          ]
        : [];
    return { kind: asked, report };
  }
  if (parts.kind !== null) return { kind: parts.kind, report: [] };
  const facts = parts.facts ?? factsOfValues(parts.counts.values);
  const { firstNegative, firstFractional } = parts;
  if (facts.negative > 0 && facts.fractional === 0)
    throw readError(`negative count: ${firstNegative?.text ?? plural(facts.negative, "value")}`, {
      file: parts.file,
      line: firstNegative?.line,
      column: firstNegative?.column,
      expected: "a whole number from 0",
      help: 'Set kind: "log" if negative whole numbers are meant.',
    });
  const named = nameOfScale(parts);
  const byValues = kindOfValues(facts);
  const { kind, why } =
    byValues.kind === "counts" && named !== null
      ? { kind: "abundance" as const, why: `all values are whole, but they are named ${named}` }
      : named === null
        ? byValues
        : { ...byValues, why: `${byValues.why}, and they are named ${named}` };
  const report = [
    reportLine(
      "info",
      "kind-decided",
      `Taken as ${kind}: ${why}. Say otherwise with the option kind.`,
      parts.counts.values.length,
      kind,
    ),
  ];
  if (kind === "abundance" || kind === "log") {
    const share = facts.fractional / parts.counts.values.length;
    if (share < stray && facts.negative === 0)
      report.push(
        reportLine(
          "warning",
          "stray-fractions",
          `Only ${plural(facts.fractional, "value")} of ${parts.counts.values.length.toLocaleString("en")} ${facts.fractional === 1 ? "is" : "are"} fractional${firstFractional === null ? "" : `, the first (${firstFractional.text}) on line ${firstFractional.line}, field ${firstFractional.column}`}: if these are counts, mend them.`,
          facts.fractional,
          firstFractional?.text ?? null,
        ),
      );
  }
  return { kind, report };
}
