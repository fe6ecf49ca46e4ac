import type { Inks } from "./colour.ts";
import type { Links } from "./drawing.ts";
import type { Hit } from "./hover.ts";
import { insideOutline } from "./outline.ts";
import { svg } from "./svg.ts";

export interface SamplePoints {
  /** The sample of each point. */
  readonly ids: readonly string[];
  readonly px: ArrayLike<number>;
  readonly py: ArrayLike<number>;
  readonly radius: number;
  describe(k: number): Pick<Hit, "title" | "rows">;
}

/** Lets points select their samples, and rings the points of those that are selected. */
export function sampleLinks(
  { ids, px, py, radius, describe }: SamplePoints,
  live: SVGGElement,
  inks: Inks,
): Links {
  const places = Array.from({ length: ids.length }, (_, k) => k);
  return {
    show({ samples }) {
      const chosen = new Set(samples);
      const rings = places
        .filter((k) => chosen.has(ids[k]))
        .map((k) =>
          svg("circle", {
            cx: px[k],
            cy: py[k],
            r: radius + 2.6,
            fill: "none",
            stroke: inks.ink,
            "stroke-width": 1.6,
          }),
        );
      live.replaceChildren(...rings);
    },
    at(x, y) {
      let best = -1;
      let least = (radius + 6) ** 2;
      for (const k of places) {
        const d = (px[k] - x) ** 2 + (py[k] - y) ** 2;
        if (d < least) {
          least = d;
          best = k;
        }
      }
      return best < 0 ? null : { samples: [ids[best]] };
    },
    within(outline) {
      const inside = insideOutline(outline);
      return {
        samples: [...new Set(places.filter((k) => inside(px[k], py[k])).map((k) => ids[k]))],
      };
    },
    stops: ids.length,
    stop: (k) => ({
      hit: { x: px[k], y: py[k], radius: radius + 2.5, ...describe(k) },
      part: { samples: [ids[k]] },
    }),
  };
}
