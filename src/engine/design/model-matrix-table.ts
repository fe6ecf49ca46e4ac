import { float64, makeTable, utf8, type Column, type Table } from "../../tables/index.ts";
import type { Design } from "./types.ts";

/** The model matrix as a table: `sample_id`, then a column a coefficient. */
export function modelMatrixTable(design: Design): Table {
  const { coefficients, matrix, nSamples, nCoefficients, sampleIds, formula } = design;
  const columns: [string, Column][] = [["sample_id", utf8(sampleIds)]];
  coefficients.forEach((name, j) => {
    const x = Float64Array.from({ length: nSamples }, (_, s) => matrix[s * nCoefficients + j]);
    columns.push([name, float64(x)]);
  });
  return makeTable(columns, { design: formula });
}
