import { ticks as niceTicks } from "d3";
import type { AxisOptions } from "./axis-options.ts";
import { categoryStyle, type Inks } from "./colour.ts";
import type { Drawing, Links } from "./drawing.ts";
import type { Groups } from "./groups.ts";
import type { Hit } from "./hover.ts";
import { swatchLegend } from "./legend.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { symbolPath } from "./symbol.ts";
import { middleEllipsis, textWidth } from "./text.ts";

/** What is drawn, read and checked. */
export interface LibraryPlan {
  readonly ids: readonly string[];
  readonly sizes: Float64Array;
  readonly factors: Float64Array | null;
  /** Samples of each row: one, or several neighbours. */
  readonly rows: readonly (readonly number[])[];
  readonly axis: AxisOptions;
  readonly median: number;
  readonly color: Groups | null;
  readonly notes: readonly string[];
}

/** Draws the samples as rows: name, a bar of the library size, a dot of the size factor. */
export function drawLibrarySizes(
  plan: LibraryPlan,
  width: number,
  inks: Inks,
  dark: boolean,
): Drawing {
  const { ids, sizes, factors, rows, color } = plan;
  const n = rows.length;
  const each = rows[0]?.length ?? 1;
  const style = (members: readonly number[]) => {
    if (!color) return { color: inks.accent, symbol: "circle" as const };
    const code = color.codes[members[0]];
    return members.every((i) => color.codes[i] === code)
      ? categoryStyle(code, dark)
      : { color: inks.faint, symbol: "circle" as const };
  };
  const nameOf = (members: readonly number[]) =>
    members.length === 1 ? ids[members[0]] : `${ids[members[0]]} to ${ids[members.at(-1)!]}`;
  const sizeOf = (members: readonly number[]) => meanOf(members.map((i) => sizes[i]));
  // Factors multiply, so their mean is geometric.
  const factorOf = (members: readonly number[]) =>
    2 ** meanOf(members.map((i) => Math.log2(factors![i] > 0 ? factors![i] : NaN)));
  const legend = color
    ? swatchLegend(
        color.name ?? "",
        color.levels.map((label, i) => ({ label, ...categoryStyle(i, dark) })),
        width,
        inks,
      )
    : null;
  const top = (legend ? legend.height + 6 : 0) + 40;
  const row = n <= 40 ? 20 : Math.max(2, Math.min(20, 800 / n));
  const step = Math.max(1, Math.ceil(12 / row));
  const widest = Math.max(0, ...rows.map((members) => textWidth(nameOf(members), 11)));
  const left = Math.min(Math.ceil(widest), width < 520 ? 90 : 190) + 10;
  const gap = 32;
  const panels = Math.min(width, 900) - left - 8;
  const sizeWidth = factors ? Math.round((panels - gap) * 0.64) : panels;
  const factorLeft = left + sizeWidth + gap;
  const factorWidth = panels - sizeWidth - gap;
  const own = sizes.reduce((most, v) => (v > most ? v : most), 1) * 1.02;
  const most = plan.axis.domain?.[1] ?? own;
  const toX = (v: number) => left + (v / most) * sizeWidth;
  const bottom = top + n * row;
  const root = svg("svg", { width });
  if (legend) root.append(legend.node);
  const heading = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  root.append(svg("text", { x: left, y: top - 26, ...heading }, plan.axis.label ?? "library size"));
  const set = plan.axis.ticks;
  const xTicks =
    typeof set === "object"
      ? set.filter((v) => v >= 0 && v <= most)
      : niceTicks(0, most, set ?? Math.max(2, Math.round(sizeWidth / 80)));
  root.append(
    grid(
      xTicks.map((v) => [toX(v), formatTick(v)]),
      top,
      bottom,
      inks,
    ),
  );
  const bars = svg("g", {});
  const dots = svg("g", {});
  const factorScale = factors ? logScale(factors, factorLeft, factorWidth) : null;
  if (factorScale) {
    root.append(svg("text", { x: factorLeft, y: top - 26, ...heading }, "size factor"));
    root.append(
      grid(
        factorScale.ticks.map((v) => [factorScale.x(v), formatTick(v)]),
        top,
        bottom,
        inks,
      ),
    );
    root.append(
      svg("path", {
        d: `M${factorScale.x(1).toFixed(1)},${top}V${bottom}`,
        stroke: inks.ruleStrong,
      }),
    );
  }
  const names = svg("g", { "font-size": 11, fill: inks.ink, "text-anchor": "end" });
  rows.forEach((members, k) => {
    const y = top + k * row;
    const { color: fill, symbol } = style(members);
    const size = sizeOf(members);
    const factor = factors ? factorOf(members) : NaN;
    const name = nameOf(members);
    const thick = Math.max(1, row - Math.max(0.6, 0.3 * row));
    if (size >= 0)
      bars.append(
        svg("rect", {
          x: left,
          y: y + (row - thick) / 2,
          width: Math.max(0.5, toX(Math.min(size, most)) - left),
          height: thick,
          fill,
          "fill-opacity": 0.88,
        }),
      );
    if (factorScale && factor > 0)
      dots.append(
        svg("path", {
          d: symbolPath(symbol, row >= 8 ? 4 : 2),
          transform: `translate(${factorScale.x(factor).toFixed(1)},${(y + row / 2).toFixed(1)})`,
          fill,
        }),
      );
    if (k % step === 0)
      names.append(
        textNode(middleEllipsis(name, left - 10, 11), { x: left - 8, y: y + row / 2 + 4 }, name),
      );
  });
  root.append(bars, dots, names);
  if (n && plan.median > 0 && plan.median <= most)
    root.append(
      svg("path", {
        d: `M${toX(plan.median).toFixed(1)},${top}V${bottom}`,
        stroke: inks.ink,
        "stroke-dasharray": "4 3",
      }),
    );
  const live = svg("g", {});
  root.append(live);
  const height = Math.ceil(bottom + 6);
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const hitAt = (k: number): Hit => {
    const members = rows[k];
    const several = members.length > 1;
    const levels = color && [...new Set(members.map((i) => color.levels[color.codes[i]]))];
    return {
      x: left,
      y: top + k * row,
      size: [panels, row],
      title: nameOf(members),
      rows: [
        ...(several ? ([["samples", String(members.length)]] as const) : []),
        [several ? "mean library size" : "library size", formatNumber(sizeOf(members))],
        ...(factors ? ([["size factor", formatNumber(factorOf(members))]] as const) : []),
        ...(levels ? ([[color.name ?? "group", levels.join(", ")]] as const) : []),
      ],
    };
  };
  const rowAt = (y: number) => {
    const k = Math.floor((y - top) / row);
    return k >= 0 && k < n ? k : -1;
  };
  return {
    svg: root,
    hover: (_, y) => (rowAt(y) < 0 ? null : hitAt(rowAt(y))),
    links: links(plan, live, { top, row, left: 0, right: left + panels }, rowAt, hitAt, inks),
    notes: [
      ...(n
        ? !(plan.median >= 0)
          ? []
          : [`The dashed line is the median library: ${formatTick(plan.median)}.`]
        : ["There are no samples."]),
      ...(each > 1
        ? [`${formatNumber(ids.length)} samples: each row is the mean of ${each} neighbours.`]
        : step > 1
          ? [`${n} samples; point at the picture for the other names.`]
          : []),
      ...(own > most && sizes.some((v) => v > most)
        ? [`Bars longer than ${formatTick(most)} are cut.`]
        : []),
      ...plan.notes,
    ],
  };
}

/** Of what is known; NaN where nothing is. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((v) => v === v);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : NaN;
}

function grid(
  ticks: readonly (readonly [x: number, label: string])[],
  top: number,
  bottom: number,
  inks: Inks,
): SVGGElement {
  const node = svg("g", { "font-size": 11, fill: inks.muted, "text-anchor": "middle" });
  for (const [x, label] of ticks)
    node.append(
      svg("path", { d: `M${x.toFixed(1)},${top}V${bottom}`, stroke: inks.rule }),
      svg("text", { x, y: top - 8 }, label),
    );
  return node;
}

/** A log scale with 1 in it; ticks at powers of two. */
function logScale(factors: Float64Array, left: number, width: number) {
  let reach = 1;
  for (const v of factors) if (v > 0) reach = Math.max(reach, Math.abs(Math.log2(v)) * 1.08);
  const most = Math.max(1, Math.floor(reach));
  const step = Math.max(1, Math.ceil((2 * most + 1) / Math.max(3, width / 44)));
  const ticks: number[] = [];
  for (let k = -most; k <= most; ++k) if (k % step === 0) ticks.push(2 ** k);
  return { x: (v: number) => left + ((Math.log2(v) + reach) / (2 * reach)) * width, ticks };
}

function links(
  { ids, rows }: LibraryPlan,
  live: SVGGElement,
  box: { top: number; row: number; left: number; right: number },
  rowAt: (y: number) => number,
  hitAt: (k: number) => Hit,
  inks: Inks,
): Links {
  return {
    show({ samples }) {
      live.replaceChildren();
      if (!samples.length) return;
      const chosen = new Set(samples);
      const places = rows.flatMap((members, k) =>
        members.some((i) => chosen.has(ids[i])) ? [k] : [],
      );
      if (!places.length) return;
      const here = new Set(places);
      const d = rows.flatMap((_, k) =>
        here.has(k)
          ? []
          : [
              `M${box.left},${(box.top + k * box.row).toFixed(1)}H${box.right}v${box.row}H${box.left}Z`,
            ],
      );
      live.append(svg("path", { d: d.join(""), fill: inks.paper, "fill-opacity": 0.62 }));
    },
    at(_, y) {
      const k = rowAt(y);
      return k < 0 ? null : { samples: rows[k].map((i) => ids[i]) };
    },
    within(outline) {
      const ys = outline.map(([, y]) => y);
      const [low, high] = [Math.min(...ys), Math.max(...ys)];
      const middle = (k: number) => box.top + (k + 0.5) * box.row;
      return {
        samples: rows.flatMap((members, k) =>
          middle(k) >= low && middle(k) <= high ? members.map((i) => ids[i]) : [],
        ),
      };
    },
    stops: rows.length,
    stop: (k) => ({ hit: hitAt(k), part: { samples: rows[k].map((i) => ids[i]) } }),
  };
}
