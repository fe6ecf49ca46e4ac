import { contours } from "d3";
import type { VennShape } from "./venn-layout.ts";

/** A region of a Venn diagram: what is in exactly some of its sets. */
export interface VennRegion {
  readonly mask: number;
  /** The roomiest place in it, and how far its edge is from there. */
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

/** How far inside an outline a point is, in its units; negative outside. */
export function depth({ x, y, rx, ry, turn }: VennShape, px: number, py: number): number {
  const [dx, dy] = [px - x, py - y];
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [u, v] = [(dx * c + dy * s) / rx, (-dx * s + dy * c) / ry];
  const q = Math.hypot(u, v);
  if (q === 0) return Math.min(rx, ry);
  // First order: the distance is the excess over the length of its slope.
  const slope = Math.hypot(u / rx, v / ry) / q;
  return rx === ry ? rx * (1 - q) : (1 - q) / slope;
}

/** How far inside a region a point is: the least over all outlines, turned for those that it is not of. */
export function regionDepth(
  shapes: readonly VennShape[],
  mask: number,
  x: number,
  y: number,
): number {
  let least = Infinity;
  shapes.forEach((shape, k) => {
    const d = depth(shape, x, y);
    least = Math.min(least, mask & (1 << k) ? d : -d);
  });
  return least;
}

/** The sets that a point is in. */
export function maskAt(shapes: readonly VennShape[], x: number, y: number): number {
  let mask = 0;
  shapes.forEach((shape, k) => {
    if (depth(shape, x, y) > 0) mask |= 1 << k;
  });
  return mask;
}

/** The box around outlines. */
export function boundsOf(shapes: readonly VennShape[]) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y, rx, ry, turn } of shapes) {
    const w = Math.hypot(rx * Math.cos(turn), ry * Math.sin(turn));
    const h = Math.hypot(rx * Math.sin(turn), ry * Math.cos(turn));
    left = Math.min(left, x - w);
    right = Math.max(right, x + w);
    top = Math.min(top, y - h);
    bottom = Math.max(bottom, y + h);
  }
  return { left, right, top, bottom };
}

const fine = 140;

/** The regions that the outlines make, with the roomiest place of each on a fine grid. */
export function vennRegions(shapes: readonly VennShape[]): VennRegion[] {
  const { left, right, top, bottom } = boundsOf(shapes);
  const best = new Map<number, VennRegion>();
  for (let j = 0; j <= fine; ++j)
    for (let i = 0; i <= fine; ++i) {
      const x = left + ((right - left) * i) / fine;
      const y = top + ((bottom - top) * j) / fine;
      const mask = maskAt(shapes, x, y);
      if (!mask) continue;
      const room = regionDepth(shapes, mask, x, y);
      const now = best.get(mask);
      if (!now || room > now.room + 1e-9) best.set(mask, { mask, x, y, room });
    }
  return [...best.values()].sort((a, b) => a.mask - b.mask);
}

/** The outline of a region as a path, in the shapes' own units, from contours at depth 0. */
export function regionPath(shapes: readonly VennShape[], mask: number): string {
  const { left, right, top, bottom } = boundsOf(shapes);
  const n = 160;
  const [w, h] = [right - left, bottom - top];
  const margin = 0.02;
  const toX = (i: number) => left - w * margin + (w * (1 + 2 * margin) * i) / (n - 1);
  const toY = (j: number) => top - h * margin + (h * (1 + 2 * margin) * j) / (n - 1);
  const values = new Float64Array(n * n);
  for (let j = 0; j < n; ++j)
    for (let i = 0; i < n; ++i) values[j * n + i] = regionDepth(shapes, mask, toX(i), toY(j));
  const { coordinates } = contours().size([n, n]).contour(Array.from(values), 0);
  return coordinates
    .flatMap((polygon) => polygon)
    .map(
      (ring) =>
        `M${ring.map(([i, j]) => `${toX(i - 0.5).toFixed(2)},${toY(j - 0.5).toFixed(2)}`).join("L")}Z`,
    )
    .join("");
}
