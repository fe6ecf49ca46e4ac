import type { Hit } from "./hover.ts";
import { formatNumber, formatP } from "./numbers.ts";
import type { Results } from "./results.ts";

/** What a tip says of a gene. */
export function geneTip(results: Results, row: number): Pick<Hit, "title" | "rows"> {
  const reason = results.reason(row);
  const label = results.label(row);
  return {
    title: label,
    rows: [
      ...(label === results.ids[row] || label.includes(results.ids[row])
        ? []
        : [["id", results.ids[row]] as const]),
      ["log₂ fold change", formatNumber(results.log2FoldChange[row])] as const,
      ["p", formatP(results.pvalue[row])] as const,
      [
        "adjusted p",
        reason && Number.isNaN(results.padj[row]) ? `– (${reason})` : formatP(results.padj[row]),
      ] as const,
      ...(results.baseMean ? [["mean", formatNumber(results.baseMean[row])] as const] : []),
    ],
  };
}
