import { argumentError } from "../../base/errors.ts";

/** Refuses rows without variation, of which no correlation exists; names the first. */
export function requireVarying(
  where: string,
  values: Float64Array,
  labels: readonly string[],
  nColumns: number,
): void {
  for (let r = 0; r < labels.length; ++r) {
    const row = values.subarray(r * nColumns, (r + 1) * nColumns);
    if (row.some((value) => value !== row[0])) continue;
    throw argumentError(`${where}: no correlation with what does not vary: ${labels[r]}`, {
      help: "Leave it out, or use another distance.",
    });
  }
}
