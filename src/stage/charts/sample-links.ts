import type { ChosenPart } from "../../base/selection.ts";
import type { Inks } from "./colour.ts";
import type { Links } from "./drawing.ts";
import type { Hit } from "./hover.ts";
import { insideOutline } from "./outline.ts";
import { svg } from "./svg.ts";

/** Marks that stand for samples: points for one, means for several. */
export interface SampleMarks {
  /** The samples of each mark. */
  readonly ids: readonly (readonly string[])[];
  readonly px: ArrayLike<number>;
  readonly py: ArrayLike<number>;
  readonly radius: number;
  describe(k: number): Pick<Hit, "title" | "rows">;
  /** Panels of genes, whose titles select them. */
  readonly panels?: readonly GenePanel[];
  /** How many of the first marks the keys step through, where samples have several; all by default. */
  readonly stops?: number;
}

/** The title of a gene's panel. */
export interface GenePanel {
  readonly gene: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lets marks select their samples and titles their genes; rings and underlines what is selected. */
export function sampleLinks(
  { ids, px, py, radius, describe, panels = [], stops = ids.length }: SampleMarks,
  live: SVGGElement,
  inks: Inks,
): Links {
  const places = Array.from({ length: ids.length }, (_, k) => k);
  // Where each sample has a mark of its own, a mean is no way to point at one.
  const alone = ids.some((list) => list.length === 1);
  const ring = (k: number, whole: boolean) =>
    svg("circle", {
      cx: px[k],
      cy: py[k],
      r: radius + 2.6,
      fill: "none",
      stroke: inks.ink,
      "stroke-width": 1.6,
      "stroke-dasharray": whole ? null : "2 2",
    });
  const panelHit = ({ title, x, y, width, height }: GenePanel): Hit => ({
    x: x - 3,
    y,
    size: [width + 3, height],
    title,
    rows: [],
  });
  return {
    show({ samples, genes }) {
      const chosen = new Set(samples);
      const rings = places.flatMap((k) => {
        if (!chosen.size || !ids[k].length) return [];
        const whole = ids[k].every((id) => chosen.has(id));
        if (whole) return [ring(k, true)];
        return !alone && ids[k].some((id) => chosen.has(id)) ? [ring(k, false)] : [];
      });
      const wanted = new Set(genes);
      const lines = panels
        .filter(({ gene }) => wanted.has(gene))
        .map(({ x, y, width, height }) =>
          svg("rect", { x, y: y + height - 2, width, height: 2.5, fill: inks.accent }),
        );
      live.replaceChildren(...lines, ...rings);
    },
    at(x, y) {
      const panel = panels.find(
        (p) => x >= p.x && x <= p.x + p.width && y >= p.y && y <= p.y + p.height,
      );
      if (panel) return { genes: [panel.gene] };
      let best = -1;
      let least = (radius + 6) ** 2;
      for (const k of places) {
        const d = (px[k] - x) ** 2 + (py[k] - y) ** 2;
        if (d < least) {
          least = d;
          best = k;
        }
      }
      return best < 0 ? null : { samples: ids[best] };
    },
    within(outline) {
      const inside = insideOutline(outline);
      const taken = places.filter((k) => (!alone || ids[k].length === 1) && inside(px[k], py[k]));
      return { samples: [...new Set(taken.flatMap((k) => ids[k]))] };
    },
    stops: stops + panels.length,
    stop(k) {
      const panel = panels[k - stops];
      const part: ChosenPart = panel ? { genes: [panel.gene] } : { samples: ids[k] };
      const hit = panel
        ? panelHit(panel)
        : { x: px[k], y: py[k], radius: radius + 2.5, ...describe(k) };
      return { hit, part };
    },
  };
}
