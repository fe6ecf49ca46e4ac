import { categoryStyle, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { halo } from "./halo.ts";
import { nameList } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { panelGrid } from "./panels.ts";
import { svg } from "./svg.ts";
import { textWidth } from "./text.ts";
import { vennLayout, type VennShape } from "./venn-layout.ts";
import { vennLinks } from "./venn-links.ts";
import { vennNames, type Box } from "./venn-names.ts";
import type { PlacedVenn, VennPanel, VennPlan } from "./venn-plan.ts";
import { boundsOf, maskAt, vennRegions, type VennRegion } from "./venn-regions.ts";

/** Draws the diagrams side by side where the width allows. */
export function drawVenn(
  { data, panels }: VennPlan,
  width: number,
  inks: Inks,
  dark: boolean,
): Drawing {
  const crowded = panels.some(({ sets }) => sets.length === 5);
  // Five names stand at the sides and need room there.
  const most = crowded ? 580 : 460;
  const grid = panelGrid(panels.length, width, Math.min(width, 320), most);
  const side = Math.min(grid.panelWidth, most);
  const head = panels.some(({ title }) => title) ? 26 : 4;
  const names = 42;
  const inner = Math.round(Math.min(side * (crowded ? 0.72 : 0.78), crowded ? 350 : 320));
  const panelHeight = head + names * 2 + inner;
  const lines = Math.ceil(panels.length / grid.columns);
  const height = lines * (panelHeight + 12);
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const live = svg("g", {});
  const notes: string[] = [];
  const placed = panels.map((panel, p): PlacedVenn => {
    const left = (p % grid.columns) * (grid.panelWidth + grid.gap);
    const top = Math.floor(p / grid.columns) * (panelHeight + 12);
    if (panel.title)
      root.append(
        svg(
          "text",
          {
            x: left,
            y: top + 13,
            "font-size": 13,
            "font-weight": 600,
            fill: panel.direction > 0 ? inks.up : panel.direction < 0 ? inks.down : inks.ink,
          },
          `${panel.title}, ${panel.total} genes`,
        ),
      );
    const layout = vennLayout(
      [0, ...panel.regions.map(({ genes }) => genes.length)],
      panel.sets.length,
    );
    const shapes = fit(
      layout.shapes,
      left + 4,
      top + head + names,
      crowded ? inner : side - 8,
      inner,
      crowded ? (side - inner) / 2 : 0,
    );
    const places = vennRegions(shapes);
    root.append(
      drawPanel(
        panel,
        shapes,
        places,
        { left, width: side, top: top + head, bottom: top + panelHeight },
        inks,
        dark,
      ),
    );
    if (panel.empty.length)
      notes.push(
        `No genes: ${panel.title ? `${panel.title.slice(0, 1)} ` : ""}${nameList(panel.empty)}.`,
      );
    const shown = new Set(places.map(({ mask }) => mask));
    for (const { mask, genes, name } of panel.regions)
      if (genes.length && !shown.has(mask))
        notes.push(`${formatNumber(genes.length)} in ${name}: circles can't show it.`);
    return { panel, shapes, places, left, top };
  });
  root.append(live);
  if (panels.some(({ sets }) => sets.length > 3)) notes.unshift("Areas do not stand for numbers.");
  else if (panels.some(({ sets }) => sets.length === 3))
    notes.unshift("Areas stand for numbers as nearly as circles can.");
  if (panels.every(({ sets }) => !sets.length)) notes.push("No gene is in any set.");
  return { svg: root, ...vennLinks(data, placed, live, inks), notes: [...data.notes, ...notes] };
}

/** Outlines moved and scaled into a box, in the middle of it. */
function fit(
  shapes: readonly VennShape[],
  left: number,
  top: number,
  width: number,
  height: number,
  shift: number,
): VennShape[] {
  if (!shapes.length) return [];
  const b = boundsOf(shapes);
  const scale = Math.min(width / (b.right - b.left || 1), height / (b.bottom - b.top || 1));
  const x0 = left + shift + width / 2 - ((b.left + b.right) / 2) * scale;
  const y0 = top + height / 2 - ((b.top + b.bottom) / 2) * scale;
  return shapes.map(({ x, y, rx, ry, turn }) => ({
    x: x0 + x * scale,
    y: y0 + y * scale,
    rx: rx * scale,
    ry: ry * scale,
    turn,
  }));
}

function drawPanel(
  panel: VennPanel,
  shapes: readonly VennShape[],
  places: readonly VennRegion[],
  box: { left: number; width: number; top: number; bottom: number },
  inks: Inks,
  dark: boolean,
): SVGGElement {
  const node = svg("g", {});
  const outline = ({ x, y, rx, ry, turn }: VennShape) => ({
    cx: x,
    cy: y,
    rx,
    ry,
    transform: turn
      ? `rotate(${((turn * 180) / Math.PI).toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})`
      : null,
  });
  shapes.forEach((shape, k) =>
    node.append(
      svg("ellipse", {
        ...outline(shape),
        fill: categoryStyle(k, dark).color,
        "fill-opacity": dark ? 0.28 : 0.2,
        stroke: categoryStyle(k, dark).color,
        "stroke-width": 1.75,
      }),
    ),
  );
  const texts = svg("g", { "text-anchor": "middle", fill: inks.ink });
  const names = vennNames(panel, shapes, box, inks, dark);
  const taken: Box[] = [...names.boxes];
  const cx = shapes.reduce((sum, s) => sum + s.x, 0) / Math.max(1, shapes.length);
  const cy = shapes.reduce((sum, s) => sum + s.y, 0) / Math.max(1, shapes.length);
  for (const { mask, x, y, room } of places) {
    const n = panel.regions[mask - 1].genes.length;
    if (n === 0 && room < 12) continue;
    const text = formatNumber(n);
    const size = Math.max(9, Math.min(15, room * 0.9));
    const style = { "font-size": size, fill: n ? inks.ink : inks.muted };
    if (room >= 4.4 && textWidth(text, size) / 2 <= room * 1.7) {
      texts.append(svg("text", { x, y: y + size * 0.36, ...style }, text));
      continue;
    }
    // A region without room: its number stands outside, at the end of a line that meets no other text.
    const straight = Math.atan2(y - cy, x - cx || 1e-6);
    const half = textWidth(text, 10) / 2 + 1;
    const place = (turn: number) => {
      const [dx, dy] = [Math.cos(straight + turn), Math.sin(straight + turn)];
      let reach = 0;
      while (reach < 400 && maskAt(shapes, x + dx * reach, y + dy * reach)) reach += 3;
      const [ex, ey] = [x + dx * (reach + 10), y + dy * (reach + 10)];
      const [tx, ty] = [ex + dx * (5 + half * Math.abs(dx)), ey + dy * 8 + 4];
      return { ex, ey, tx, ty, left: tx - half, right: tx + half, top: ty - 9, bottom: ty + 2 };
    };
    const meets = (a: Box) =>
      taken.some(
        (b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
      );
    const turns = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5].map((k) => place((k * Math.PI) / 15));
    const found = turns.find((at) => !meets(at)) ?? turns[0];
    const { ex, ey } = found;
    taken.push(found);
    texts.append(
      svg("path", {
        d: `M${x.toFixed(1)},${y.toFixed(1)}L${ex.toFixed(1)},${ey.toFixed(1)}`,
        stroke: inks.muted,
        "stroke-width": 0.75,
      }),
      svg("circle", { cx: x, cy: y, r: 1.6, fill: inks.ink }),
      svg(
        "text",
        {
          x: found.tx,
          y: found.ty,
          "font-size": 10,
          ...halo(inks),
        },
        text,
      ),
    );
  }
  node.append(texts, names.node);
  return node;
}
