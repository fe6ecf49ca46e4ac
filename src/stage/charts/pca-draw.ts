import * as Plot from "@observablehq/plot";
import { nice, ticks as niceTicks } from "d3";
import { categoryStyle, heatRamp, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { nearestPoint } from "./hover.ts";
import { placeLabels } from "./labels.ts";
import { rampLegend, flow, swatchLegend, type Piece } from "./legend.ts";
import { sentence } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { bare } from "./panels.ts";
import type { PcaPlan } from "./pca-plan.ts";
import { sampleLinks } from "./sample-links.ts";
import { shownColumn } from "./source.ts";
import { svg } from "./svg.ts";
import { textWidth } from "./text.ts";

function domainOf(
  values: Float64Array,
  room: number,
): { domain: [number, number]; ticks: number[] } {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values)
    if (Number.isFinite(v)) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
  if (!(low <= high)) [low, high] = [-1, 1];
  if (high - low < 1e-12 * Math.max(1, Math.abs(high))) [low, high] = [low - 1, high + 1];
  const pad = (high - low) * 0.06;
  const count = Math.max(2, Math.round(room / 70));
  const [start, end] = [low - pad, high + pad];
  const inner = niceTicks(start, end, count);
  return {
    domain: [start, end],
    ticks: inner.length > 1 ? inner : niceTicks(...nice(start, end, 4), 4),
  };
}

/** Draws the picture at one width. */
export function drawPca(plan: PcaPlan, width: number, inks: Inks, dark: boolean): Drawing {
  const { source, x, y, color, shape, heat } = plan;
  const n = source.length;
  const pieces: Piece[] = [];
  const same = color && shape && color.name === shape.name;
  const ramped = heatRamp(dark);
  const heatOf = heat ? heatScale(heat.values) : null;
  if (color)
    pieces.push(
      swatchLegend(
        color.name ?? "",
        color.levels.map((label, i) => ({
          label,
          color: categoryStyle(i, dark).color,
          symbol: shape && !same ? "box" : categoryStyle(i, dark).symbol,
        })),
        width,
        inks,
      ),
    );
  if (heat && heatOf)
    pieces.push(rampLegend({ title: heat.name, color: ramped, ticks: heatOf.ticks }, width, inks));
  if (shape && !same)
    pieces.push(
      swatchLegend(
        shape.name ?? "",
        shape.levels.map((label, i) => ({
          label,
          color: inks.muted,
          symbol: categoryStyle(i, dark).symbol,
        })),
        width,
        inks,
      ),
    );
  const legend = flow(pieces, width);
  const top = legend.height ? legend.height + 8 : 0;
  const inner = plan.height ?? Math.max(260, Math.min(460, Math.round(width * 0.62)));
  const yAxis = domainOf(y.values, inner);
  const left = Math.max(24, ...yAxis.ticks.map((t) => textWidth(formatTick(t), 11))) + 12;
  const xAxis = domainOf(x.values, width - left);
  const right = Math.min(width, Math.round(inner * 1.9)) - 10;
  const box = { left, right, top: 24, bottom: inner - 40 };
  const toX = (v: number) =>
    box.left +
    ((v - xAxis.domain[0]) / (xAxis.domain[1] - xAxis.domain[0])) * (box.right - box.left);
  const toY = (v: number) =>
    box.bottom -
    ((v - yAxis.domain[0]) / (yAxis.domain[1] - yAxis.domain[0])) * (box.bottom - box.top);
  const shown = Array.from({ length: n }, (_, i) => i).filter(
    (i) => Number.isFinite(x.values[i]) && Number.isFinite(y.values[i]),
  );
  const radius = n <= 30 ? 5.2 : n <= 120 ? 4.2 : n <= 500 ? 3.4 : 2.4;
  const fillOf = (i: number) => {
    if (heat && heatOf)
      return Number.isFinite(heat.values[i]) ? ramped(heatOf.at(heat.values[i])) : inks.missing;
    return color ? categoryStyle(color.codes[i], dark).color : inks.accent;
  };
  const symbolOf = (i: number) =>
    shape
      ? categoryStyle(shape.codes[i], dark).symbol
      : color
        ? categoryStyle(color.codes[i], dark).symbol
        : "circle";
  const plot = Plot.plot({
    width,
    height: inner,
    marginTop: box.top,
    marginBottom: inner - box.bottom,
    marginLeft: box.left,
    marginRight: width - box.right,
    x: { type: "linear", domain: xAxis.domain, range: [box.left, box.right], axis: null },
    y: { type: "linear", domain: yAxis.domain, range: [box.bottom, box.top], axis: null },
    symbol: { type: "identity" } as Plot.ScaleOptions,
    style: { fontFamily: "inherit", fontSize: "11px", background: "none", overflow: "visible" },
    marks: [
      Plot.gridX(xAxis.ticks, { stroke: inks.rule, strokeOpacity: 1 }),
      Plot.gridY(yAxis.ticks, { stroke: inks.rule, strokeOpacity: 1 }),
      Plot.ruleX([0], {
        stroke: inks.ruleStrong,
        filter: () => xAxis.domain[0] < 0 && xAxis.domain[1] > 0,
      }),
      Plot.ruleY([0], {
        stroke: inks.ruleStrong,
        filter: () => yAxis.domain[0] < 0 && yAxis.domain[1] > 0,
      }),
      Plot.axisX(xAxis.ticks, {
        tickFormat: formatTick,
        tickSize: 0,
        tickPadding: 8,
        label: null,
        color: inks.muted,
        fontSize: 11,
      }),
      Plot.axisY(yAxis.ticks, {
        tickFormat: formatTick,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        color: inks.muted,
        fontSize: 11,
      }),
      Plot.dot(shown, {
        x: (i: number) => x.values[i],
        y: (i: number) => y.values[i],
        r: radius,
        fill: fillOf,
        fillOpacity: n > 120 ? 0.8 : 0.92,
        symbol: symbolOf,
        stroke: inks.paper,
        strokeWidth: n > 120 ? 0.6 : 1,
      }),
    ],
  }) as SVGSVGElement;
  const panel = bare(plot);
  panel.setAttribute("y", String(top));
  const title = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  panel.append(
    svg("text", { x: 0, y: 12, ...title, "text-anchor": "start" }, y.title),
    svg("text", { x: box.right, y: inner - 4, "text-anchor": "end", ...title }, x.title),
  );
  const notes: string[] = [];
  if (plan.note) notes.push(sentence(plan.note));
  const px = shown.map((i) => toX(x.values[i]));
  const py = shown.map((i) => toY(y.values[i]));
  if (plan.labels) {
    const texts = shown.map((i) => plan.labels![i] ?? "");
    const placed = placeLabels(px, py, texts, { radius, size: 11, ...box });
    for (const label of placed.labels)
      panel.append(
        svg(
          "text",
          {
            x: label.x,
            y: label.y,
            "text-anchor": label.anchor,
            "font-size": 11,
            fill: inks.ink,
            stroke: inks.paper,
            "stroke-width": 3,
            "stroke-linejoin": "round",
            "paint-order": "stroke",
          },
          texts[label.index],
        ),
      );
    if (placed.hidden) notes.push(`${placed.hidden} of ${texts.length} labels have no room.`);
  }
  if (shown.length < n) notes.push(`${n - shown.length} samples without scores are left out.`);
  const height = top + inner;
  const live = svg("g", {});
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    legend.node,
    panel,
    live,
  );
  const ids = source.has("sample_id") ? source.strings("sample_id") : null;
  const points = {
    ids: shown.map((i) => ids?.[i] ?? `sample ${i + 1}`),
    px,
    py: py.map((v) => v + top),
    radius,
    describe: (k: number) => tip(plan, shown[k]),
  };
  return {
    svg: root,
    hover: nearestPoint(points.px, points.py, points.describe, { radius }),
    links: sampleLinks(points, live, inks),
    notes,
  };
}

function heatScale(values: Float64Array) {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values)
    if (Number.isFinite(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
  if (!(low < high)) [low, high] = [low || 0, (low || 0) + 1];
  const at = (v: number) => (v - low) / (high - low);
  const ticks = niceTicks(low, high, 3).map((v) => [at(v), formatTick(v)] as const);
  return { at, ticks };
}

function tip({ source, x, y }: PcaPlan, i: number) {
  const extra = source.names
    .filter((name) => name !== "sample_id" && !/^PC\d+$/.test(name))
    .slice(0, 8);
  const value = (name: string) => shownColumn(source, name)(i);
  return {
    title: source.has("sample_id") ? (source.strings("sample_id")[i] ?? "") : `sample ${i + 1}`,
    rows: [
      ...extra.map((name) => [name, value(name)] as const),
      [x.title.split(" ")[0], formatNumber(x.values[i])] as const,
      [y.title.split(" ")[0], formatNumber(y.values[i])] as const,
    ],
  };
}
