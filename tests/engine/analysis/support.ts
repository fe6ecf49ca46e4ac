import { afterAll, expect } from "vitest";
import type { AnalysisContext } from "../../../src/engine/analysis/context.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import type { Experiment, Kind } from "../../../src/engine/experiment/types.ts";
import { createPool } from "../../../src/engine/pool/index.ts";
import { makeTable, utf8, type Column } from "../../../src/tables/index.ts";
import type { GoldenMatrix } from "../../support/golden.ts";
import { inProcessWorker } from "../../support/in-process-worker.ts";

/** A context with a pool of two workers on this thread, closed after the file's tests. */
export function contextForTests(): AnalysisContext {
  const pool = createPool({ size: 2, spawn: inProcessWorker });
  afterAll(() => pool.close());
  return { pool };
}

/** An experiment of genes g1… and samples s1… with columns of either. */
export function experimentOf(
  { nRows, nColumns, values }: GoldenMatrix,
  kind: Kind = "counts",
  samples: Readonly<Record<string, Column>> = {},
  genes: Readonly<Record<string, Column>> = {},
): Experiment {
  return makeExperiment({
    title: "test",
    kind,
    counts: { nGenes: nRows, nSamples: nColumns, values: Float64Array.from(values) },
    genes: makeTable({ gene_id: utf8(names("g", nRows)), ...genes }),
    samples: makeTable({ sample_id: utf8(names("s", nColumns)), ...samples }),
  });
}

/** A matrix from its rows. */
export function matrix(...rows: readonly (readonly number[])[]): GoldenMatrix {
  return { nRows: rows.length, nColumns: rows[0].length, values: rows.flat() };
}

export function names(prefix: string, n: number): string[] {
  return Array.from({ length: n }, (_, i) => `${prefix}${i + 1}`);
}

/** What a promise rejects with; fails where it resolves. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return expect.fail(`resolved: ${String(value)}`);
}
