import type { Inks, symbols } from "./colour.ts";
import { svg, textNode } from "./svg.ts";
import { symbolPath } from "./symbol.ts";
import { ellipsis, textWidth } from "./text.ts";

/** A piece of an SVG and the room that it takes. */
export interface Piece {
  readonly node: SVGGElement;
  readonly width: number;
  readonly height: number;
}

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  /** A symbol, a "ring", a "line", a "dash", or "box" for a filled square without meaning of its own. */
  readonly symbol: (typeof symbols)[number] | "box" | "ring" | "line" | "dash";
}

const row = 20;

/** Names what colours and symbols mean, in as many lines as the width asks for. */
export function swatchLegend(
  title: string,
  items: readonly LegendItem[],
  width: number,
  inks: Inks,
): Piece {
  const node = svg("g", { "font-size": 12 });
  let x = 0;
  let y = 12;
  let widest = 0;
  if (title) {
    const shown = ellipsis(title, width - 12, 12, 600);
    node.append(textNode(shown, { x, y, fill: inks.muted, "font-weight": 600 }, title));
    x += textWidth(shown, 12, 600) + 14;
  }
  for (const item of items) {
    const shown = ellipsis(item.label, Math.min(width - 20, 360));
    const size = 15 + textWidth(shown) + 14;
    if (x > 0 && x + size - 14 > width) {
      x = 0;
      y += row;
    }
    node.append(glyph(item, x, y), textNode(shown, { x: x + 15, y, fill: inks.ink }, item.label));
    x += size;
    widest = Math.max(widest, x - 14);
  }
  return { node, width: widest, height: y + 8 };
}

function glyph({ symbol, color }: LegendItem, x: number, y: number): SVGElement {
  if (symbol === "box")
    return svg("rect", { x, y: y - 9.5, width: 11, height: 11, rx: 2, fill: color });
  if (symbol === "line" || symbol === "dash")
    return svg("path", {
      d: `M${x - 1},${y - 4}h13`,
      stroke: color,
      "stroke-width": symbol === "line" ? 1.75 : 1.25,
      "stroke-dasharray": symbol === "dash" ? "4 3" : null,
    });
  if (symbol === "ring")
    return svg("circle", {
      cx: x + 5,
      cy: y - 4,
      r: 3.7,
      fill: "none",
      stroke: color,
      "stroke-width": 1.7,
    });
  return svg("path", {
    d: symbolPath(symbol, 4.5),
    transform: `translate(${x + 5},${y - 4})`,
    fill: color,
  });
}

export interface RampItem {
  readonly title: string;
  readonly color: (t: number) => string;
  /** Labels at places in 0..1. */
  readonly ticks: readonly (readonly [at: number, label: string])[];
  /** What its two ends mean, in words on a line of their own. */
  readonly ends?: readonly [low: string, high: string];
}

/** Names what a continuous colour means. */
export function rampLegend(
  { title, color, ticks, ends }: RampItem,
  width: number,
  inks: Inks,
): Piece {
  const node = svg("g", { "font-size": 12 });
  const length = Math.min(180, width - 20);
  const shown = ellipsis(title, width, 12, 600);
  const beside = textWidth(shown, 12, 600) + 14;
  const wraps = beside + length + 12 > width;
  const x = wraps ? 6 : beside;
  const top = wraps ? 20 : 2;
  node.append(textNode(shown, { x: 0, y: 12, fill: inks.muted, "font-weight": 600 }, title));
  const bars = svg("g", { "shape-rendering": "crispEdges" });
  const steps = 60;
  for (let i = 0; i < steps; ++i)
    bars.append(
      svg("rect", {
        x: x + (i * length) / steps,
        y: top,
        width: length / steps + 0.3,
        height: 10,
        fill: color((i + 0.5) / steps),
      }),
    );
  node.append(bars);
  for (const [at, label] of ticks)
    node.append(
      svg("line", {
        x1: x + at * length,
        x2: x + at * length,
        y1: top + 10,
        y2: top + 14,
        stroke: inks.ruleStrong,
      }),
      svg(
        "text",
        {
          x: x + at * length,
          y: top + 25,
          "text-anchor": "middle",
          "font-size": 11,
          fill: inks.muted,
        },
        label,
      ),
    );
  if (!ends) return { node, width: x + length + 8, height: top + 32 };
  const [low, high] = [`← ${ends[0]}`, `${ends[1]} →`];
  const most = width / 2 - 6;
  const style = { y: top + 42, "font-size": 11, fill: inks.muted };
  const half = [low, high].map((text) => Math.min(most, textWidth(text, 11)));
  const middle = Math.max(x + length / 2, half[0] + 8);
  node.append(
    textNode(ellipsis(low, most, 11), { x: middle - 8, "text-anchor": "end", ...style }, low),
    textNode(ellipsis(high, most, 11), { x: middle + 8, "text-anchor": "start", ...style }, high),
  );
  return { node, width: Math.max(x + length, middle + half[1]) + 8, height: top + 50 };
}

/** Pieces side by side where the width allows, else one below the other. */
export function flow(pieces: readonly Piece[], width: number): Piece {
  const node = svg("g");
  const gap = 32;
  let x = 0;
  let y = 0;
  let height = 0;
  for (const piece of pieces) {
    if (x > 0 && x + piece.width > width) {
      x = 0;
      y += height;
      height = 0;
    }
    piece.node.setAttribute("transform", `translate(${Math.round(x)},${y})`);
    node.append(piece.node);
    x += piece.width + gap;
    height = Math.max(height, piece.height);
  }
  return { node, width, height: y + height };
}
