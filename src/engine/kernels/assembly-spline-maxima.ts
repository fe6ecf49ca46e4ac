import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import type { Block } from "./block.ts";
import { splineFrame } from "./maximise-spline.ts";
import {
  gridDispersion,
  sharedDispersions,
  taggedDispersions,
  type SharedDispersionsArgs,
} from "./shared-dispersions.ts";

/** Fields of a plan in uint32 from its start, in the order of assembly/spline-maxima.ts. */
const nFields = 12;

/** The twins of sharedDispersions and taggedDispersions, for profiles that stand in the module's memory; others go to these themselves. */
export function assemblySplineMaxima(wasm: AssemblyExports): {
  sharedDispersions: typeof sharedDispersions;
  taggedDispersions: typeof taggedDispersions;
} {
  return {
    sharedDispersions(block, args) {
      const found = maxima(wasm, block, args, null);
      if (!found) return sharedDispersions(block, args);
      return { trend: found[0].map(gridDispersion), geneWise: found[1].map(gridDispersion) };
    },
    taggedDispersions(block, args) {
      const found = maxima(wasm, block, args, args.priorN);
      if (!found) return taggedDispersions(block, args);
      return { tagwise: found[0].map(gridDispersion) };
    },
  };
}

/** Where the splines are largest; null where there is no memory. */
function maxima(
  wasm: AssemblyExports,
  { values, nGenes, nSamples: m, first = 0 }: Block,
  { points, shared, logCpm }: SharedDispersionsArgs,
  priorN: Float64Array | null,
): [Float64Array, Float64Array] | null {
  if (!(values instanceof Float64Array) || values.buffer !== wasm.memory.buffer) return null;
  // Read before memory can grow: growing detaches the view.
  const profile = values.byteOffset;
  const { h, perStep, eliminated, perDiagonal } = splineFrame(points);
  const own = (list: Float64Array) =>
    list.length === 1 ? list : list.subarray(first, first + nGenes);
  const room = new Float64Array(m);
  const { knots, values: averages } = shared;
  const fixed = [points, h, perStep, eliminated, perDiagonal, room, room, room, knots, averages];
  const abundances = own(logCpm);
  const numbers = [
    ...fixed,
    abundances,
    priorN ? own(priorN) : new Float64Array(0),
    new Float64Array(2 * nGenes),
  ];
  const place = allocate(
    wasm,
    4 * nFields + 8 * numbers.reduce((sum, { length }) => sum + length, 0),
  );
  if (place === 0) return null;
  const { buffer } = wasm.memory;
  let next = place + 4 * nFields;
  const places = numbers.map((list) => {
    const pointer = next;
    new Float64Array(buffer, pointer, list.length).set(list);
    next += 8 * list.length;
    return pointer;
  });
  new Uint32Array(buffer, place, nFields).set([m, knots.length, ...places.slice(0, fixed.length)]);
  const [at, weights, out] = places.slice(fixed.length);
  const step = priorN && priorN.length > 1 ? 1 : 0;
  const last = out + 8 * nGenes;
  wasm.splineMaxima(place, profile, nGenes, at, priorN ? weights : 0, step, out, last);
  const [a, b] = [out, last].map((pointer) => new Float64Array(buffer, pointer, nGenes).slice());
  wasm.release(place);
  return [a, b];
}
