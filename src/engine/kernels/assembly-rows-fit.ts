import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import type { Block } from "./block.ts";
import { designRows } from "./design-rows.ts";
import { stepTable } from "./interpolate.ts";
import { linearFit } from "./linear-fit.ts";
import type { Scale } from "./scale.ts";
import { voomFit, type VoomFitArgs } from "./voom-fit.ts";

/** What the fits that have a twin give; `unscaled` only where there is a curve of weights. */
interface RowsFit {
  readonly coefficients: Float64Array;
  readonly unscaled: Float64Array;
  readonly sigma: Float64Array;
  readonly mean: Float64Array;
}

/** Fields of a plan in uint32 from its start, in the order of assembly/rows-fit.ts; `perUnit` is a float64 after them. */
const nFields = 22;

/**
 * The twins of linearFit and voomFit, for whole counts on a logarithmic scale that stand in the module's memory, and samples that are
 * independent and weigh the same; others go to these themselves.
 */
export function assemblyRowsFits(wasm: AssemblyExports): {
  linearFit: typeof linearFit;
  voomFit: typeof voomFit;
} {
  const suits = ({ values }: Block, scale: Scale | null) =>
    values instanceof Int32Array &&
    values.buffer === wasm.memory.buffer &&
    scale?.priors?.every((prior) => prior > 0) === true;
  return {
    linearFit(block, args) {
      const { design, nCoefficients, variance, scale } = args;
      if (variance.weights || variance.blocks || !suits(block, scale))
        return linearFit(block, args);
      const fit = fitRows(wasm, block, design, nCoefficients, scale!, null);
      if (!fit) return linearFit(block, args);
      const { coefficients, sigma, mean } = fit;
      return { coefficients, sigma, mean };
    },
    voomFit(block, args) {
      const { design, nCoefficients, first, variance, scale, trend } = args;
      const plain = [first, variance].every(({ weights, blocks }) => !weights && !blocks);
      if (!plain || !suits(block, scale)) return voomFit(block, args);
      return fitRows(wasm, block, design, nCoefficients, scale, trend) ?? voomFit(block, args);
    },
  };
}

/** null where there is no memory. */
function fitRows(
  wasm: AssemblyExports,
  { values, nGenes, nSamples: n }: Block,
  design: Float64Array,
  p: number,
  { divisors, priors }: Scale,
  trend: VoomFitArgs["trend"] | null,
): RowsFit | null {
  // Read before memory can grow: growing detaches the view.
  const counts = values.byteOffset;
  const { nRows, starts, order, q, rInverse } = designRows({
    values: design,
    nSamples: n,
    nCoefficients: p,
  });
  const evenStarts = new Int32Array(nRows + 1);
  for (let k = 0; k < nRows; ++k)
    evenStarts[k + 1] = evenStarts[k] + ((starts[k + 1] - starts[k] + 1) & ~1);
  const nPlaces = evenStarts[nRows];
  const samples = new Int32Array(nPlaces);
  const real = new Float64Array(nPlaces);
  for (let k = 0; k < nRows; ++k)
    for (let i = evenStarts[k]; i < evenStarts[k + 1]; ++i) {
      const from = starts[k] + i - evenStarts[k];
      samples[i] = order[Math.min(from, starts[k + 1] - 1)];
      real[i] = from < starts[k + 1] ? 1 : 0;
    }
  const at = (numbers: Float64Array) => Float64Array.from(samples, (s) => numbers[s]);
  const steps = trend ? stepTable(trend.x) : null;
  const numbers = [
    at(priors!),
    at(divisors).map(Math.log2),
    real,
    q.subarray(0, nRows * p),
    rInverse,
    ...[nPlaces, nPlaces, nRows, p, p * p, p].map((length) => new Float64Array(length)),
    ...(trend ? [trend.x, trend.y] : [new Float64Array(0), new Float64Array(0)]),
  ];
  const wholes = [samples, evenStarts, steps ? steps.firsts : new Uint32Array(0)];
  const answers = nGenes * (2 * p + 2);
  const bytes =
    8 * (numbers.reduce((sum, { length }) => sum + length, answers) + 1) +
    4 * (wholes.reduce((sum, { length }) => sum + length, 0) + nFields);
  const place = allocate(wasm, bytes);
  if (place === 0) return null;
  try {
    const { buffer } = wasm.memory;
    let next = place + 4 * nFields + 8;
    const room = (length: number) => (next += length) - length;
    const floats = numbers.map((list) => {
      const pointer = room(8 * list.length);
      new Float64Array(buffer, pointer, list.length).set(list);
      return pointer;
    });
    const out = [p, p, 1, 1].map((each) => room(8 * nGenes * each));
    const [samplesAt, startsAt, firstsAt] = wholes.map((list) => {
      const pointer = room(4 * list.length);
      new Int32Array(buffer, pointer, list.length).set(list);
      return pointer;
    });
    const nCurve = trend ? trend.x.length : 0;
    const [curveX, curveY] = floats.slice(-2);
    new Uint32Array(buffer, place, nFields).set([
      n,
      p,
      nRows,
      nPlaces,
      samplesAt,
      startsAt,
      ...floats.slice(0, -2),
      nCurve,
      steps?.nSteps ?? 0,
      curveX,
      curveY,
      firstsAt,
    ]);
    new Float64Array(buffer, place + 4 * nFields, 1)[0] = steps?.perUnit ?? 0;
    wasm.rowsFit(place, counts, nGenes, out[0], out[1], out[2], out[3]);
    const [coefficients, unscaled, sigma, mean] = out.map((pointer, i) =>
      new Float64Array(buffer, pointer, nGenes * (i < 2 ? p : 1)).slice(),
    );
    return { coefficients, unscaled, sigma, mean };
  } finally {
    wasm.release(place);
  }
}
