import { axesFrame, type AxesFrame } from "./axes-frame.ts";
import { ruleMarks } from "./axes-plot.ts";
import { within } from "./axis-options.ts";
import type { Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { scatterLayer, radiiOf } from "./gene-scatter-layer.ts";
import { scatterLinks } from "./gene-scatter-links.ts";
import type { ScatterBox, ScatterPlan, ScatterPoints } from "./gene-scatter-plan.ts";
import { geneTip } from "./gene-tip.ts";
import { halo } from "./halo.ts";
import { nearestPoint } from "./hover.ts";
import { swatchLegend, type LegendItem } from "./legend.ts";
import { formatNumber } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

/** Draws genes on two axes at one width. */
export function drawGeneScatter(
  plan: ScatterPlan,
  width: number,
  inks: Inks,
  dark: boolean,
): Drawing {
  const legend = swatchLegend("", legendItems(plan, inks), width, inks);
  const inner = plan.height ?? Math.max(300, Math.min(480, Math.round(width * 0.66)));
  const most = Math.round(inner * 1.75);
  const sides = plan.changes === "x" ? sideWords(plan, Math.min(width - 44, most - 12)) : null;
  const rules = plan.rules.filter(({ axis, at }) => within(at, plan[axis].domain));
  const frame = axesFrame(
    {
      width,
      top: legend.height + 6,
      inner,
      most,
      below: sides?.lines === 2 ? 16 : 0,
      x: plan.x,
      y: plan.y,
      title: plan.changes === "x" ? "middle" : "end",
      marks: () => ruleMarks(rules, inks),
      empty: plan.empty,
    },
    inks,
  );
  const { panel, box, height } = frame;
  for (const { axis, at, text } of rules)
    if (text && axis === "y")
      panel.append(
        svg(
          "text",
          {
            x: box.right,
            y: frame.y(at) - 4,
            "text-anchor": "end",
            "font-size": 11,
            fill: inks.muted,
            ...halo(inks),
          },
          text,
        ),
      );
  panel.append(sides ? sides.node(box, inks) : cornerWords(plan, box, inks));
  const points = placePoints(plan, frame);
  const live = svg("g", {});
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    legend.node,
    panel,
    live,
  );
  const radii = radiiOf(points.all.length);
  const layer = scatterLayer(plan, points, box, radii, inks);
  const describe = (k: number) => geneTip(plan.results, points.all[k]);
  const n = points.all.length;
  const [xs, ys] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; ++k) {
    xs[k] = points.px[points.all[k]];
    ys[k] = points.py[points.all[k]];
  }
  const nearest = nearestPoint(xs, ys, describe, { radius: radii.significant, reach: 14 });
  return {
    svg: root,
    layers: points.all.length ? [layer] : [],
    hover: nearest,
    links: scatterLinks(plan, points, box, radii, live, layer.canvas, inks, dark),
    notes: plan.notes,
  };
}

function placePoints({ codes, xs, ys }: ScatterPlan, frame: AxesFrame): ScatterPoints {
  const px = new Float64Array(codes.length);
  const py = new Float64Array(codes.length);
  const sizes = [0, 0, 0];
  for (let i = 0; i < codes.length; ++i) {
    if (codes[i] === 255) continue;
    ++sizes[codes[i]];
    px[i] = frame.x(xs[i]);
    py[i] = frame.y(ys[i]);
  }
  const rows = [0, 1, 2].map((c) => new Int32Array(sizes[c])) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const at = [0, 0, 0];
  for (let i = 0; i < codes.length; ++i) if (codes[i] !== 255) rows[codes[i]][at[codes[i]]++] = i;
  const all = new Int32Array(sizes[0] + sizes[1] + sizes[2]);
  all.set(rows[1]);
  all.set(rows[2], sizes[1]);
  all.set(rows[0], sizes[1] + sizes[2]);
  return { px, py, rows, all };
}

function legendItems(plan: ScatterPlan, inks: Inks): LegendItem[] {
  const { results, counts } = plan;
  const rule = `padj < ${formatNumber(results.alpha)}${plan.threshold ? `, change ≥ ${formatNumber(plan.threshold)}` : ""}`;
  const items: LegendItem[] = [
    { label: `${formatNumber(counts.up)} ${results.up}`, color: inks.up, symbol: "circle" },
    { label: `${formatNumber(counts.down)} ${results.down}`, color: inks.down, symbol: "ring" },
    {
      label: `${formatNumber(counts.none)} not significant (${rule})`,
      color: inks.faint,
      symbol: "circle",
    },
  ];
  if (plan.beyond) items.push({ label: plan.beyond, color: inks.muted, symbol: "triangle" });
  return items;
}

/** What the two directions mean, at the two ends under the axis; on a line of their own where the title leaves no room. */
function sideWords({ results, x }: ScatterPlan, room: number) {
  const { up, down } = results;
  const title = textWidth(x.title, 12, 600) + 24;
  const wide = Math.max(textWidth(`← ${down}`, 11), textWidth(`${up} →`, 11));
  const beside = wide <= (room - title) / 2;
  const most = beside ? (room - title) / 2 : room / 2 - 6;
  return {
    lines: beside ? 1 : 2,
    node({ left, right, bottom }: ScatterBox, inks: Inks) {
      const style = { "font-size": 11, fill: inks.muted };
      const y = bottom + 36;
      return svg(
        "g",
        {},
        textNode(
          `← ${ellipsis(down, most - 14, 11)}`,
          { x: left, y, "text-anchor": "start", ...style },
          `← ${down}`,
        ),
        textNode(
          `${ellipsis(up, most - 14, 11)} →`,
          { x: right, y, "text-anchor": "end", ...style },
          `${up} →`,
        ),
      );
    },
  };
}

function cornerWords(plan: ScatterPlan, box: ScatterBox, inks: Inks): SVGGElement {
  const { up, down } = plan.results;
  const most = box.right - box.left - 20;
  const style = {
    x: box.right,
    "text-anchor": "end",
    "font-size": 11,
    fill: inks.muted,
    ...halo(inks),
  };
  return svg(
    "g",
    {},
    textNode(`↑ ${ellipsis(up, most, 11)}`, { ...style, y: box.top + 8 }, `↑ ${up}`),
    textNode(`↓ ${ellipsis(down, most, 11)}`, { ...style, y: box.bottom - 6 }, `↓ ${down}`),
  );
}
