import type { Inks } from "./colour.ts";
import type { Links, Part } from "./drawing.ts";
import type { GeneSets } from "./gene-sets.ts";
import type { Hit } from "./hover.ts";
import { formatNumber } from "./numbers.ts";
import { svg } from "./svg.ts";
import type { PlacedVenn } from "./venn-plan.ts";
import { maskAt, regionPath } from "./venn-regions.ts";

/** Lets regions select their genes, and shades those that hold selected ones. */
export function vennLinks(
  { ids }: GeneSets,
  placed: readonly PlacedVenn[],
  live: SVGGElement,
  inks: Inks,
): { links: Links; hover: (x: number, y: number) => Hit | null } {
  const paths = new Map<string, string>();
  const pathOf = (p: number, mask: number) => {
    const key = `${p}:${mask}`;
    let d = paths.get(key);
    if (d === undefined) paths.set(key, (d = regionPath(placed[p].shapes, mask)));
    return d;
  };
  const stops = placed.flatMap(({ panel, places }, p) =>
    places
      .filter(({ mask }) => panel.regions[mask - 1].genes.length)
      .map((place) => ({ p, place })),
  );
  const partOf = (p: number, mask: number): Part => {
    const region = placed[p].panel.regions[mask - 1];
    return { genes: region.genes.map((gene) => ids[gene]), name: region.name };
  };
  const hitOf = (p: number, mask: number): Hit | null => {
    const place = placed[p].places.find((one) => one.mask === mask);
    const region = placed[p].panel.regions[mask - 1];
    if (!place) return null;
    return {
      x: place.x,
      y: place.y - place.room,
      path: pathOf(p, mask),
      title: region.name,
      rows: [["genes", formatNumber(region.genes.length)]],
    };
  };
  const find = (x: number, y: number): [number, number] | null => {
    for (let p = 0; p < placed.length; ++p) {
      const mask = maskAt(placed[p].shapes, x, y);
      if (mask) return [p, mask];
    }
    return null;
  };
  return {
    hover(x, y) {
      const found = find(x, y);
      return found && hitOf(...found);
    },
    links: {
      show({ genes }) {
        live.replaceChildren();
        if (!genes.length) return;
        const chosen = new Set(genes);
        for (const { p, place } of stops) {
          const { genes: own } = placed[p].panel.regions[place.mask - 1];
          const n = own.reduce((sum, gene) => sum + (chosen.has(ids[gene]) ? 1 : 0), 0);
          if (!n) continue;
          live.append(
            svg("path", {
              d: pathOf(p, place.mask),
              fill: inks.ink,
              "fill-opacity": 0.06 + 0.16 * (n / own.length),
              stroke: inks.ink,
              "stroke-width": 2,
            }),
          );
          if (n < own.length && place.room > 16)
            live.append(
              svg(
                "text",
                {
                  x: place.x,
                  y: place.y + 20,
                  "text-anchor": "middle",
                  "font-size": 10,
                  fill: inks.ink,
                },
                `${formatNumber(n)} selected`,
              ),
            );
        }
      },
      at(x, y) {
        const found = find(x, y);
        if (!found) return null;
        const part = partOf(...found);
        return part.genes?.length ? part : null;
      },
      stops: stops.length,
      stop(i) {
        const { p, place } = stops[i];
        return { hit: hitOf(p, place.mask)!, part: partOf(p, place.mask) };
      },
    },
  };
}
