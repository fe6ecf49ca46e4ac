import type { GeneArrays } from "../kernels/block.ts";

/** The results of consecutive blocks as one, in gene order. */
export function concatenate(parts: readonly GeneArrays[]): GeneArrays {
  if (parts.length === 1) return parts[0];
  const out: Record<string, Float64Array | Int32Array> = {};
  for (const [name, first] of Object.entries(parts[0])) {
    const length = parts.reduce((sum, part) => sum + part[name].length, 0);
    const joined = first instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      joined.set(part[name], at);
      at += part[name].length;
    }
    out[name] = joined;
  }
  return out;
}
