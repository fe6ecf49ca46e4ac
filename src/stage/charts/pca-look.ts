import * as Plot from "@observablehq/plot";
import { nice, ticks as niceTicks } from "d3";
import { categoryStyle, heatRamp, type Inks } from "./colour.ts";
import { flow, rampLegend, swatchLegend, type Piece } from "./legend.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import type { AxisData, PcaPlan } from "./pca-plan.ts";
import { shownColumn } from "./source.ts";
import type { ValueScale } from "./value-scale.ts";

/** How samples look in every panel, and what says so. */
export interface PcaLook {
  readonly legend: Piece;
  readonly radius: number;
  /** The points of some samples on two components. */
  dots(shown: readonly number[], x: AxisData, y: AxisData, radius: number): Plot.Markish;
  tip(sample: number): { title: string; rows: (readonly [string, string])[] };
}

export function pcaLook(plan: PcaPlan, width: number, inks: Inks, dark: boolean): PcaLook {
  const { source, color, shape, heat } = plan;
  const n = source.length;
  const pieces: Piece[] = [];
  const same = color && shape && color.name === shape.name;
  const ramped = heatRamp(dark);
  const heatOf = heat ? heatScale(heat.values) : null;
  const style = (code: number) => categoryStyle(code, dark);
  if (color)
    pieces.push(
      swatchLegend(
        color.name ?? "",
        color.levels.map((label, i) => ({
          label,
          color: style(i).color,
          symbol: shape && !same ? "box" : style(i).symbol,
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
        shape.levels.map((label, i) => ({ label, color: inks.muted, symbol: style(i).symbol })),
        width,
        inks,
      ),
    );
  const fillOf = (i: number) => {
    if (heat && heatOf)
      return Number.isFinite(heat.values[i]) ? ramped(heatOf.at(heat.values[i])) : inks.missing;
    return color ? style(color.codes[i]).color : inks.accent;
  };
  const symbolOf = (i: number) => {
    const by = shape ?? color;
    return by ? style(by.codes[i]).symbol : "circle";
  };
  return {
    legend: flow(pieces, width),
    radius: n <= 30 ? 5.2 : n <= 120 ? 4.2 : n <= 500 ? 3.4 : 2.4,
    dots: (shown, x, y, radius) =>
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
    tip: (i) => tip(plan, i),
  };
}

/** The axis of one component: a little beyond the scores. */
export function domainOf(values: Float64Array): ValueScale {
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
  const [start, end] = [low - pad, high + pad];
  return {
    kind: "linear",
    transform: (v) => v,
    invert: (v) => v,
    domain: [start, end],
    ticks(count) {
      const inner = niceTicks(start, end, count);
      return inner.length > 1 ? inner : niceTicks(...nice(start, end, 4), 4);
    },
    format: formatTick,
  };
}

/** sample_id, or what stands for it. */
export function sampleIds({ source }: PcaPlan): string[] {
  const ids = source.has("sample_id") ? source.strings("sample_id") : null;
  return Array.from({ length: source.length }, (_, i) => ids?.[i] ?? `sample ${i + 1}`);
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

function tip({ source, components }: PcaPlan, i: number) {
  const extra = source.names
    .filter((name) => name !== "sample_id" && !/^PC\d+$/.test(name))
    .slice(0, 8);
  const value = (name: string) => shownColumn(source, name)(i);
  return {
    title: source.has("sample_id") ? (source.strings("sample_id")[i] ?? "") : `sample ${i + 1}`,
    rows: [
      ...extra.map((name) => [name, value(name)] as const),
      ...components.map(({ name, values }) => [name, formatNumber(values[i])] as const),
    ],
  };
}
