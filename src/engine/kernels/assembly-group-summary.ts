import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { groupOrder } from "./group-order.ts";
import { groupSummary } from "./group-summary.ts";
import { scaledZeros } from "./scale.ts";

/** The twin of groupSummary, for blocks whose values stand in the module's memory; others go to groupSummary itself. */
export function assemblyGroupSummary(wasm: AssemblyExports): typeof groupSummary {
  return (block, args) => {
    const { values, nGenes, nSamples } = block;
    const { groups, nGroups, scale } = args;
    if (values.buffer !== wasm.memory.buffer || groups.length !== nSamples)
      return groupSummary(block, args);
    // Read before memory can grow: growing detaches the view.
    const at = values.byteOffset;
    const { order, starts } = groupOrder(groups, nGroups);
    const cells = nGenes * nGroups;
    const pointer = allocate(wasm, cells * 20 + nSamples * 36 + (nGroups + 1) * 4);
    if (pointer === 0) return groupSummary(block, args);
    try {
      const { buffer } = wasm.memory;
      let next = pointer;
      const room = (bytes: number) => (next += bytes) - bytes;
      const floats = (values: Float64Array) => {
        const place = room(values.byteLength);
        new Float64Array(buffer, place, values.length).set(values);
        return place;
      };
      const whole = (values: Int32Array) => {
        const place = room(values.byteLength);
        new Int32Array(buffer, place, values.length).set(values);
        return place;
      };
      const mean = room(cells * 8);
      const variance = room(cells * 8);
      const scaled = room(nSamples * 8);
      const divisors = scale ? floats(scale.divisors) : 0;
      const priors = scale?.priors ? floats(scale.priors) : 0;
      const zeros = scale ? floats(scaledZeros(scale)) : 0;
      const detected = room(cells * 4);
      wasm.groupSummary(
        at,
        values instanceof Int32Array ? 1 : 0,
        nGenes,
        nSamples,
        whole(order),
        whole(starts),
        nGroups,
        divisors,
        priors,
        scaled,
        zeros,
        mean,
        variance,
        detected,
      );
      return {
        mean: new Float64Array(buffer, mean, cells).slice(),
        variance: new Float64Array(buffer, variance, cells).slice(),
        detected: new Int32Array(buffer, detected, cells).slice(),
      };
    } finally {
      wasm.release(pointer);
    }
  };
}
