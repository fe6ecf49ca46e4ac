import { beforeAll, describe, expect, test } from "vitest";
import type { FitMethod } from "../../../src/engine/analysis/fit.ts";
import { differentialExpression } from "../../../src/engine/analysis/differential-expression.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { createPool } from "../../../src/engine/pool/index.ts";
import { numbers, utf8 } from "../../../src/tables/index.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { inProcessWorker } from "../../support/in-process-worker.ts";
import { golden, type GoldenMatrix } from "../../support/golden.ts";
import { experimentOf, failure } from "./support.ts";

type Chain = Readonly<Record<string, readonly (number | null)[] | object>>;
const fromR = golden<Readonly<Record<string, Chain>>>("sizes");

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const uniform = (i: number) => {
  const x = Math.sin(i) * 43758.5453;
  return x - Math.floor(x);
};

/** The formula of tests/golden/sizes.R. */
function countsOf(nRows: number, nColumns: number, times: number): GoldenMatrix {
  const values = Array.from({ length: nRows * nColumns }, (_, at) => {
    const g = 1 + Math.floor(at / nColumns);
    const s = 1 + (at % nColumns);
    const i = 12.9898 * g + 78.233 * s;
    const z = uniform(i) + uniform(i + 1) + uniform(i + 2) - 1.5;
    const changed = g % 5 === 0 && s % 2 === 0 ? 2.5 : 1;
    const mean = Math.exp(2 + 6 * uniform(g)) * (1 + 0.4 * uniform(s + 0.5)) * changed;
    return Math.floor(times * mean * Math.exp((0.5 + 2 / Math.sqrt(mean)) * z));
  });
  return { nRows, nColumns, values };
}

/** p values of one group against the other, in the module that the page uses, on so many workers. */
async function pValues(matrix: GoldenMatrix, method: FitMethod, size = 2): Promise<Float64Array> {
  const pool = createPool({ size, spawn: () => inProcessWorker(async () => held) });
  try {
    const group = Array.from({ length: matrix.nColumns }, (_, s) => (s % 2 ? "b" : "a"));
    const experiment = experimentOf(matrix, "counts", { group: utf8(group) });
    const fit = await differentialExpression(experiment, { method, design: "~ group" }, { pool });
    return numbers(await fit.results(undefined, { pool }), "pvalue").slice();
  } finally {
    pool.close();
  }
}

/** Largest difference in log10 p, of genes that have one in either. */
function apart(mine: Float64Array, theirs: readonly (number | null)[]): number {
  expect(theirs.map((p) => p === null)).toEqual(
    [...mine.subarray(0, theirs.length)].map(Number.isNaN),
  );
  return theirs.reduce<number>(
    (most, p, g) => (p === null ? most : Math.max(most, Math.abs(Math.log10(mine[g] / p)))),
    0,
  );
}

const methods = ["deseq2", "edger", "limma-voom"] as const;
/** On log10 p. */
const gates = { deseq2: 0.004, edger: 5e-5, "limma-voom": 1e-6 };

describe("experiments of unusual size have R's answer", () => {
  const cases: [string, string, () => GoldenMatrix][] = [
    ["500 samples", "samples", () => countsOf(120, 500, 1)],
    ["counts above 2^24, up to 2^29", "large", () => countsOf(200, 8, 3e4)],
    ["three genes", "three", () => countsOf(3, 6, 1)],
    [
      "50,000 genes, 200 of them over and over",
      "genes",
      () => {
        const { values, nColumns } = countsOf(200, 6, 1);
        return { nRows: 50_000, nColumns, values: Array(250).fill(values).flat() as number[] };
      },
    ],
  ];
  for (const [words, name, matrix] of cases)
    test.each(methods)(`${words}: %s`, async (method) => {
      const mine = await pValues(matrix(), method);
      expect(apart(mine, fromR[name][method] as (number | null)[])).toBeLessThan(gates[method]);
    });
});

test("the large counts are large", () => {
  const most = Math.max(...countsOf(200, 8, 3e4).values);
  expect(most).toBeGreaterThan(2 ** 24);
  expect(most).toBeLessThan(2 ** 31);
});

test.each([
  ["deseq2", "no dispersion trend: no gene varies more than by counting alone"],
  ["edger", "edger needs two genes of 5 counts or more: 1 of 1"],
  ["limma-voom", "voom needs two expressed genes at least: 1"],
] as const)("one gene: %s says what it lacks", async (method, words) => {
  expect(await failure(pValues(countsOf(1, 6, 1), method))).toMatchObject({ message: words });
});

test.each(methods)("two samples: %s asks for replicates", async (method) => {
  expect(await failure(pValues(countsOf(200, 2, 1), method))).toMatchObject({
    message: "differentialExpression needs replicates: 2 samples for 2 coefficients",
  });
});

test.each(methods)("%s answers the same for any number of workers", async (method) => {
  const matrix = countsOf(200, 8, 1);
  const one = await pValues(matrix, method, 1);
  for (const size of [2, 3, 7]) expect(await pValues(matrix, method, size)).toEqual(one);
});
