import type { Inks } from "./colour.ts";
import type { Layer } from "./drawing.ts";
import type { ScatterBox, ScatterPlan, ScatterPoints } from "./gene-scatter-plan.ts";
import { pointLayer, type PointGroup } from "./point-layer.ts";

/** Radii in px of the two kinds of points. */
export interface Radii {
  readonly none: number;
  readonly significant: number;
}

export function radiiOf(n: number): Radii {
  if (n <= 2000) return { none: 2.6, significant: 3.4 };
  if (n <= 20000) return { none: 1.8, significant: 2.8 };
  return { none: 1.5, significant: 2.5 };
}

/** All points, significant ones above the others. */
export function scatterLayer(
  { pointing }: ScatterPlan,
  { px, py, rows }: ScatterPoints,
  box: ScatterBox,
  radii: Radii,
  inks: Inks,
): Layer {
  const group = (code: 0 | 1 | 2, look: PointGroup["look"], color: string): PointGroup => ({
    rows: rows[code],
    px,
    py,
    pointing,
    radius: code === 0 ? radii.none : radii.significant,
    look,
    color,
  });
  return pointLayer(
    [group(0, "faint", inks.faint), group(1, "solid", inks.up), group(2, "ring", inks.down)],
    box,
    inks,
  );
}
