import { categoryStyle, type Inks } from "./colour.ts";
import type { GeneSet } from "./gene-sets.ts";
import { halo } from "./halo.ts";
import { formatNumber } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { textWidth, wrapText } from "./text.ts";
import type { VennShape } from "./venn-layout.ts";
import type { VennPanel } from "./venn-plan.ts";

/** The names, and the room that they take. */
export interface VennNames {
  readonly node: SVGGElement;
  readonly boxes: readonly Box[];
}

/** Room of a text, in px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Names above and below the outlines, each at the side of its own, as far apart as they need. */
export function vennNames(
  { sets }: VennPanel,
  shapes: readonly VennShape[],
  box: { left: number; width: number; top: number; bottom: number },
  inks: Inks,
  dark: boolean,
): VennNames {
  const node = svg("g", { "font-size": 12, "text-anchor": "middle" });
  const boxes: Box[] = [];
  const middle = shapes.reduce((sum, s) => sum + s.y, 0) / Math.max(1, shapes.length);
  const center = shapes.reduce((sum, s) => sum + s.x, 0) / Math.max(1, shapes.length);
  const tip = (s: VennShape) => {
    const up = Math.hypot(s.rx * Math.sin(s.turn), s.ry * Math.cos(s.turn));
    const above = s.y <= middle + 1e-6 || sets.length === 2 || sets.length === 4;
    // Of a circle a little outside its middle, so that names keep apart; of an ellipse where it is highest.
    const t = Math.atan2(s.ry * Math.cos(s.turn), s.rx * Math.sin(s.turn)) + (above ? Math.PI : 0);
    const x =
      s.rx === s.ry
        ? s.x + (s.x - center) * 0.5
        : s.x + s.rx * Math.cos(t) * Math.cos(s.turn) - s.ry * Math.sin(t) * Math.sin(s.turn);
    return { above, x, y: s.y + (above ? -up : up) };
  };
  if (sets.length === 5) return namesAround(sets, shapes, box, inks, dark);
  const tips = shapes.map((shape, k) => ({ k, ...tip(shape) }));
  for (const above of [true, false]) {
    const row = tips.filter((t) => t.above === above).sort((a, b) => a.x - b.x || a.k - b.k);
    const room = box.width / Math.max(1, row.length) - 8;
    row.forEach(({ k, x, y }, i) => {
      const own = (row.length === 1 ? box.width - 8 : room) - 14;
      const lines = wrapText(sets[k].name, own, 12, 2, 600);
      const widest = Math.max(...lines.map((line) => textWidth(line, 12, 600)));
      const low = row.length > 1 ? box.left + i * (room + 8) : box.left;
      const high = row.length > 1 ? low + room : box.left + box.width;
      const at = Math.max(low + 14 + widest / 2, Math.min(high - widest / 2, x));
      const half = widest / 2;
      const first = above ? y - 6 - (lines.length - 1) * 14 - 14 : y + 16;
      boxes.push({
        left: at - half - 14,
        right: at + half,
        top: first - 12,
        bottom: first + lines.length * 14 + 2,
      });
      lines.forEach((line, l) =>
        node.append(
          textNode(
            line,
            {
              x: at,
              y: first + l * 14,
              "font-weight": 600,
              fill: inks.ink,
              ...halo(inks),
            },
            lines.join(" ") === sets[k].name ? line : sets[k].name,
          ),
        ),
      );
      node.append(
        svg("circle", {
          cx: at - textWidth(lines[0], 12, 600) / 2 - 9,
          cy: first - 4,
          r: 4,
          fill: categoryStyle(k, dark).color,
        }),
      );
      node.append(
        svg(
          "text",
          {
            x: at,
            y: first + lines.length * 14 - 1,
            "font-size": 11,
            fill: inks.muted,
            ...halo(inks),
          },
          formatNumber(sets[k].genes.length),
        ),
      );
    });
  }
  return { node, boxes };
}

/** Names of five ellipses, each at its outer end. */
function namesAround(
  sets: readonly GeneSet[],
  shapes: readonly VennShape[],
  box: { left: number; width: number },
  inks: Inks,
  dark: boolean,
): VennNames {
  const node = svg("g", { "font-size": 12 });
  const boxes: Box[] = [];
  shapes.forEach((s, k) => {
    const [dx, dy] = [Math.cos(s.turn), Math.sin(s.turn)];
    const [x, y] = [s.x + dx * (s.rx + 9), s.y + dy * (s.rx + 9)];
    const anchor = dx > 0.4 ? "start" : dx < -0.4 ? "end" : "middle";
    const room =
      anchor === "middle"
        ? box.width - 30
        : anchor === "start"
          ? box.left + box.width - x - 4
          : x - box.left - 4;
    const lines = wrapText(sets[k].name, Math.max(34, room - 10), 12, 2, 600);
    const first = y + 4 - (dy < -0.4 ? lines.length * 14 : dy > 0.4 ? -8 : lines.length * 7);
    const widest = Math.max(...lines.map((line) => textWidth(line, 12, 600)));
    boxes.push({
      left: (anchor === "start" ? x : anchor === "end" ? x - widest : x - widest / 2) - 14,
      right: (anchor === "start" ? x + widest : anchor === "end" ? x : x + widest / 2) + 14,
      top: first - 12,
      bottom: first + lines.length * 14 + 2,
    });
    const start = anchor === "start" ? x : anchor === "end" ? x - widest : x - widest / 2;
    node.append(
      svg("circle", {
        cx: start - (anchor === "start" ? -4 : 9),
        cy: first - 4,
        r: 4,
        fill: categoryStyle(k, dark).color,
      }),
    );
    const at = anchor === "start" ? x + 12 : x;
    lines.forEach((line, l) =>
      node.append(
        textNode(
          line,
          {
            x: at,
            y: first + l * 14,
            "text-anchor": anchor,
            "font-weight": 600,
            fill: inks.ink,
            ...halo(inks),
          },
          lines.join(" ") === sets[k].name ? line : sets[k].name,
        ),
      ),
    );
    node.append(
      svg(
        "text",
        {
          x: at,
          y: first + lines.length * 14 - 1,
          "text-anchor": anchor,
          "font-size": 11,
          fill: inks.muted,
          ...halo(inks),
        },
        formatNumber(sets[k].genes.length),
      ),
    );
  });
  return { node, boxes };
}
