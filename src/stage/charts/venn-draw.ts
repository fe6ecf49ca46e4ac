import { categoryStyle, type Inks } from "./colour.ts";
import type { Drawing, Links, Part } from "./drawing.ts";
import type { GeneSet, GeneSets } from "./gene-sets.ts";
import { halo } from "./halo.ts";
import type { Hit } from "./hover.ts";
import { nameList } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { panelGrid } from "./panels.ts";
import { svg, textNode } from "./svg.ts";
import { textWidth, wrapText } from "./text.ts";
import { vennLayout, type VennShape } from "./venn-layout.ts";
import { boundsOf, maskAt, regionPath, vennRegions, type VennRegion } from "./venn-regions.ts";

/** One diagram. */
export interface VennPanel {
  readonly title: string;
  readonly direction: -1 | 0 | 1;
  /** Sets with genes. */
  readonly sets: readonly GeneSet[];
  /** By mask - 1. */
  readonly regions: readonly {
    readonly mask: number;
    readonly genes: readonly number[];
    readonly name: string;
  }[];
  readonly empty: readonly string[];
  readonly total: string;
}

export interface VennPlan {
  readonly data: GeneSets;
  readonly panels: readonly VennPanel[];
}

interface Placed {
  readonly panel: VennPanel;
  readonly shapes: readonly VennShape[];
  readonly places: readonly VennRegion[];
  readonly left: number;
  readonly top: number;
}

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
  const placed = panels.map((panel, p): Placed => {
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
  return { svg: root, ...linksOf(data, placed, live, inks), notes: [...data.notes, ...notes] };
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
    // A region without room: its number stands outside, at the end of a line.
    const angle = Math.atan2(y - cy, x - cx || 1e-6);
    let reach = 0;
    while (reach < 400 && maskAt(shapes, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach))
      reach += 3;
    const [ex, ey] = [x + Math.cos(angle) * (reach + 10), y + Math.sin(angle) * (reach + 10)];
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
          x: ex + Math.cos(angle) * 8,
          y: ey + Math.sin(angle) * 8 + 4,
          "font-size": 10,
          ...halo(inks),
        },
        text,
      ),
    );
  }
  node.append(texts, setNames(panel, shapes, box, inks, dark));
  return node;
}

/** Names above and below the outlines, each at the side of its own, as far apart as they need. */
function setNames(
  { sets }: VennPanel,
  shapes: readonly VennShape[],
  box: { left: number; width: number; top: number; bottom: number },
  inks: Inks,
  dark: boolean,
): SVGGElement {
  const node = svg("g", { "font-size": 12, "text-anchor": "middle" });
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
      const first = above ? y - 6 - (lines.length - 1) * 14 - 14 : y + 16;
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
  return node;
}

/** Names of five ellipses, each at its outer end. */
function namesAround(
  sets: readonly GeneSet[],
  shapes: readonly VennShape[],
  box: { left: number; width: number },
  inks: Inks,
  dark: boolean,
): SVGGElement {
  const node = svg("g", { "font-size": 12 });
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
  return node;
}

function linksOf(
  { ids }: GeneSets,
  placed: readonly Placed[],
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
