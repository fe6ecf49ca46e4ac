import * as Plot from "@observablehq/plot";
import type { Inks } from "./colour.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";
import type { ValueScale } from "./value-scale.ts";

/** Where small multiples stand. */
export interface Grid {
  readonly columns: number;
  readonly panelWidth: number;
  /** Of all columns. */
  readonly width: number;
  readonly gap: number;
}

/** As many columns as keep every panel at least `least` px wide, filled as evenly as can be; none wider than `most`. */
export function panelGrid(count: number, width: number, least: number, most: number): Grid {
  const gap = 20;
  const fit = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const rows = Math.ceil(count / Math.min(count, fit));
  const columns = Math.ceil(count / rows);
  const panelWidth = Math.min(
    Math.floor((width - gap * (columns - 1)) / columns),
    Math.max(least, Math.round(most)),
  );
  return { columns, panelWidth, width: (panelWidth + gap) * columns - gap, gap };
}

/** The inside of one panel in px, and its two scales. */
export interface Inside {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(value: number): number;
  y(shown: number): number;
}

export interface PanelSpec {
  readonly width: number;
  /** Of the inside. */
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly title: string;
  /** Set after the title in lighter ink. */
  readonly secondary?: string;
  readonly unit: string;
  readonly xDomain: readonly [number, number];
  readonly scale: ValueScale;
  /** Marks end at the inside: for ends that are set. */
  readonly clip?: boolean;
}

/** What stands above the inside of a panel. */
export const panelHead = 46;

/** The inside of a panel: known before anything is drawn, so that points can be laid out in px. */
export function insideOf(spec: PanelSpec): Inside {
  const { left } = spec;
  const right = spec.width - 6;
  const top = panelHead;
  const bottom = panelHead + spec.height;
  const [x0, x1] = spec.xDomain;
  const [y0, y1] = spec.scale.domain;
  return {
    left,
    right,
    top,
    bottom,
    x: (value) => left + ((value - x0) / (x1 - x0)) * (right - left),
    y: (shown) => bottom - ((shown - y0) / (y1 - y0)) * (bottom - top),
  };
}

/** The width that the ticks of a value axis need, with their distance. */
export function axisRoom(scale: ValueScale, height: number): number {
  const labels = tickValues(scale, height).map(scale.format);
  return Math.ceil(Math.max(14, ...labels.map((label) => textWidth(label, 11)))) + 10;
}

function tickValues(scale: ValueScale, height: number): number[] {
  return scale.ticks(Math.max(2, Math.round(height / 45)));
}

/** One panel: title and unit above, value axis with light rules, the marks between. The x axis is the caller's. */
export function drawPanel(
  spec: PanelSpec,
  marks: readonly Plot.Markish[],
  inks: Inks,
): SVGSVGElement {
  const inside = insideOf(spec);
  const ticks = tickValues(spec.scale, spec.height);
  const height = inside.bottom + spec.bottom;
  if (spec.clip) for (const mark of marks) Object.assign(mark ?? {}, { clip: "frame" });
  const plot = Plot.plot({
    width: spec.width,
    height,
    marginTop: inside.top,
    marginBottom: spec.bottom,
    marginLeft: spec.left,
    marginRight: spec.width - inside.right,
    x: {
      type: "linear",
      domain: [...spec.xDomain],
      range: [inside.left, inside.right],
      axis: null,
    },
    y: {
      type: "linear",
      domain: [...spec.scale.domain],
      range: [inside.bottom, inside.top],
      axis: null,
    },
    style: { fontFamily: "inherit", fontSize: "11px", background: "none", overflow: "visible" },
    marks: [
      Plot.gridY(ticks, { stroke: inks.rule, strokeOpacity: 1 }),
      Plot.axisY(ticks, {
        tickFormat: spec.scale.format,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        fontSize: 11,
        color: inks.muted,
      }),
      ...marks,
    ],
  }) as SVGSVGElement;
  const panel = bare(plot);
  const titleRoom = spec.width - 4;
  const title = ellipsis(spec.title, titleRoom, 13, 600);
  const text = textNode(
    title,
    { x: 0, y: 13, "text-anchor": "start", "font-size": 13, "font-weight": 600, fill: inks.ink },
    spec.title,
  );
  const rest = titleRoom - textWidth(title, 13, 600) - 8;
  if (spec.secondary && rest > 40)
    text.append(
      svg(
        "tspan",
        { dx: 6, "font-size": 11, "font-weight": 400, fill: inks.muted },
        ellipsis(spec.secondary, rest, 11),
      ),
    );
  panel.append(
    text,
    textNode(
      ellipsis(spec.unit, titleRoom, 11),
      { x: 0, y: 29, "text-anchor": "start", "font-size": 11, fill: inks.muted },
      spec.unit,
    ),
  );
  return panel;
}

/** What stands below all panels: the name of the x axis, in the middle of them. */
export function xTitle(
  text: string,
  left: number,
  { width }: Grid,
  y: number,
  inks: Inks,
): SVGTextElement {
  return textNode(
    ellipsis(text, width, 12),
    { x: left + (width - left) / 2, y, "text-anchor": "middle", "font-size": 12, fill: inks.muted },
    text,
  );
}

/** Plot's SVG without its style sheet, so that it can stand inside another. */
export function bare(plot: SVGSVGElement): SVGSVGElement {
  for (const style of plot.querySelectorAll("style")) style.remove();
  plot.removeAttribute("class");
  plot.removeAttribute("font-family");
  plot.setAttribute("overflow", "visible");
  return plot;
}
