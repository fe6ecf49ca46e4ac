import * as Plot from "@observablehq/plot";
import { setValueScale, within } from "./axis-options.ts";
import type { Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { halo } from "./halo.ts";
import { nearestPoint } from "./hover.ts";
import { placeLabels } from "./labels.ts";
import { sentence } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { bare } from "./panels.ts";
import { domainOf, pcaLook, sampleIds } from "./pca-look.ts";
import { drawPcaPairs } from "./pca-pairs-draw.ts";
import type { PcaPlan } from "./pca-plan.ts";
import { sampleLinks } from "./sample-links.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";
import { pointStep, thinPoints } from "./thin-points.ts";

/** Draws samples on two components, or on several against each other, at one width. */
export function drawPca(plan: PcaPlan, width: number, inks: Inks, dark: boolean): Drawing {
  const look = pcaLook(plan, width, inks, dark);
  const notes = plan.note ? [sentence(plan.note)] : [];
  const n = plan.source.length;
  const known = Array.from({ length: n }, (_, i) => i).filter((i) =>
    plan.components.every(({ values }) => Number.isFinite(values[i])),
  );
  if (known.length < n) {
    const gone = n - known.length;
    notes.push(
      `${gone} ${gone === 1 ? "sample" : "samples"} without scores ${gone === 1 ? "is" : "are"} left out.`,
    );
  }
  const step = pointStep(known.length);
  const some = thinPoints(known, plan.components[0].values, step);
  if (step > 1)
    notes.push(
      `${formatNumber(known.length)} samples: one in ${step} along ${plan.components[0].name} is drawn.`,
    );
  if (plan.pairs) return drawPcaPairs(plan, look, some, width, inks, notes);
  const [x, y] = plan.components;
  const top = look.legend.height ? look.legend.height + 8 : 0;
  const inner = plan.height ?? Math.max(260, Math.min(460, Math.round(width * 0.62)));
  const yAxis = setValueScale(domainOf(y.values), plan.axes.y);
  const yTicks = yAxis.ticks(Math.max(2, Math.round(inner / 70)));
  const left = Math.max(24, ...yTicks.map((t) => textWidth(formatTick(t), 11))) + 12;
  const xAxis = setValueScale(domainOf(x.values), plan.axes.x);
  const xTicks = xAxis.ticks(Math.max(2, Math.round((width - left) / 70)));
  const right = Math.min(width, Math.round(inner * 1.9)) - 10;
  const box = { left, right, top: 24, bottom: inner - 40 };
  const toX = (v: number) =>
    box.left +
    ((v - xAxis.domain[0]) / (xAxis.domain[1] - xAxis.domain[0])) * (box.right - box.left);
  const toY = (v: number) =>
    box.bottom -
    ((v - yAxis.domain[0]) / (yAxis.domain[1] - yAxis.domain[0])) * (box.bottom - box.top);
  const shown = some.filter(
    (i) => within(x.values[i], xAxis.domain) && within(y.values[i], yAxis.domain),
  );
  const past = some.length - shown.length;
  if (past)
    notes.push(
      `${formatNumber(past)} ${past === 1 ? "sample lies" : "samples lie"} beyond the axes.`,
    );
  const { radius } = look;
  const plot = Plot.plot({
    width,
    height: inner,
    marginTop: box.top,
    marginBottom: inner - box.bottom,
    marginLeft: box.left,
    marginRight: width - box.right,
    x: { type: "linear", domain: [...xAxis.domain], range: [box.left, box.right], axis: null },
    y: { type: "linear", domain: [...yAxis.domain], range: [box.bottom, box.top], axis: null },
    symbol: { type: "identity" } as Plot.ScaleOptions,
    style: { fontFamily: "inherit", fontSize: "11px", background: "none", overflow: "visible" },
    marks: [
      Plot.gridX(xTicks, { stroke: inks.rule, strokeOpacity: 1 }),
      Plot.gridY(yTicks, { stroke: inks.rule, strokeOpacity: 1 }),
      Plot.ruleX([0], {
        stroke: inks.ruleStrong,
        filter: () => xAxis.domain[0] < 0 && xAxis.domain[1] > 0,
      }),
      Plot.ruleY([0], {
        stroke: inks.ruleStrong,
        filter: () => yAxis.domain[0] < 0 && yAxis.domain[1] > 0,
      }),
      Plot.axisX(xTicks, {
        tickFormat: formatTick,
        tickSize: 0,
        tickPadding: 8,
        label: null,
        color: inks.muted,
        fontSize: 11,
      }),
      Plot.axisY(yTicks, {
        tickFormat: formatTick,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        color: inks.muted,
        fontSize: 11,
      }),
      look.dots(shown, x, y, radius),
    ],
  }) as SVGSVGElement;
  const panel = bare(plot);
  panel.setAttribute("y", String(top));
  const style = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  const [xTitle, yTitle] = [plan.axes.x.label ?? x.title, plan.axes.y.label ?? y.title];
  panel.append(
    textNode(
      ellipsis(yTitle, width, 12, 600),
      { x: 0, y: 12, ...style, "text-anchor": "start" },
      yTitle,
    ),
    textNode(
      ellipsis(xTitle, box.right, 12, 600),
      { x: box.right, y: inner - 4, "text-anchor": "end", ...style },
      xTitle,
    ),
  );
  const px = shown.map((i) => toX(x.values[i]));
  const py = shown.map((i) => toY(y.values[i]));
  if (plan.labels) {
    const texts = shown.map((i) => ellipsis(plan.labels![i] ?? "", 160, 11));
    const placed = placeLabels(px, py, texts, { radius, size: 11, ...box });
    for (const label of placed.labels)
      panel.append(
        textNode(
          texts[label.index],
          {
            x: label.x,
            y: label.y,
            "text-anchor": label.anchor,
            "font-size": 11,
            fill: inks.ink,
            ...halo(inks),
          },
          plan.labels[shown[label.index]] ?? "",
        ),
      );
    if (placed.hidden) notes.push(`${placed.hidden} of ${texts.length} labels have no room.`);
  }
  const height = top + inner;
  const live = svg("g", {});
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    look.legend.node,
    panel,
    live,
  );
  const ids = sampleIds(plan);
  const points = {
    ids: shown.map((i) => [ids[i]]),
    px,
    py: py.map((v) => v + top),
    radius,
    describe: (k: number) => look.tip(shown[k]),
  };
  return {
    svg: root,
    hover: nearestPoint(points.px, points.py, points.describe, { radius }),
    links: sampleLinks(points, live, inks),
    notes,
  };
}
