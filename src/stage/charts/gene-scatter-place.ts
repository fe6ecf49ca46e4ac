/** Where genes stand on the drawn scales. */
export interface PlacedGenes {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Index into `pointings`: a triangle for what lies beyond the axes. */
  readonly pointing: Uint8Array;
  /** How many lie beyond each end. */
  readonly beyond: {
    readonly up: number;
    readonly right: number;
    readonly down: number;
    readonly left: number;
  };
}

/** Values on a drawn scale, and the ends at which they are kept. */
export interface GeneAxis {
  /** Of a row; may be infinite. */
  at(row: number): number;
  readonly within: readonly [number, number];
}

/** Places the rows that are drawn (codes below 255); what lies beyond an end stands at it as a triangle that points outwards. */
export function placeGenes(codes: Uint8Array, x: GeneAxis, y: GeneAxis): PlacedGenes {
  const n = codes.length;
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  const pointing = new Uint8Array(n);
  const beyond = [0, 0, 0, 0, 0];
  const [left, right] = x.within;
  const [bottom, top] = y.within;
  for (let i = 0; i < n; ++i) {
    if (codes[i] === 255) continue;
    const u = x.at(i);
    const v = y.at(i);
    // + 0 keeps -0 out of the picture.
    xs[i] = Math.max(left, Math.min(right, u)) + 0;
    ys[i] = Math.max(bottom, Math.min(top, v)) + 0;
    const end = v > top ? 1 : v < bottom ? 3 : u > right ? 2 : u < left ? 4 : 0;
    if (end) ++beyond[(pointing[i] = end)];
  }
  const [, up, east, down, west] = beyond;
  return { xs, ys, pointing, beyond: { up, right: east, down, left: west } };
}
