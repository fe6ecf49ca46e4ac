import { formatNumber } from "./numbers.ts";

/** How many genes lack a p-value for which reasons: "1150 all zero, 50 outliers". */
export function reasonWords(reasons: ReadonlyMap<string, number>): string {
  return [...reasons]
    .filter(([reason]) => reason)
    .map(([reason, k]) =>
      reason === "outlier" && k > 1
        ? `${formatNumber(k)} outliers`
        : `${formatNumber(k)} ${reason}`,
    )
    .join(", ");
}
