import * as Plot from "@observablehq/plot";
import type { Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { nearestPoint } from "./hover.ts";
import { formatTick } from "./numbers.ts";
import { bare } from "./panels.ts";
import { domainOf, sampleIds, type PcaLook } from "./pca-look.ts";
import type { PcaPlan } from "./pca-plan.ts";
import { sampleLinks } from "./sample-links.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

const gap = 14;

/** Components against each other: a panel for each pair, the lower component across; titles stand at the outer sides. */
export function drawPcaPairs(
  plan: PcaPlan,
  look: PcaLook,
  shown: readonly number[],
  width: number,
  inks: Inks,
  notes: readonly string[],
): Drawing {
  const { components } = plan;
  const k = components.length - 1;
  const top = look.legend.height ? look.legend.height + 8 : 0;
  const left = 40;
  const foot = 40;
  const head = 18;
  const side = Math.min(290, (width - left - 4 - gap * (k - 1)) / k);
  const tall = plan.height
    ? (plan.height - foot - head * k - gap * (k - 1)) / k
    : Math.max(76, side * 0.78);
  const height = Math.ceil(top + k * (head + tall) + (k - 1) * gap + foot);
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, look.legend.node);
  const scales = components.map(({ values }) => domainOf(values));
  // A number must not reach into the next panel.
  const ticks = scales.map(({ ticks, domain: [low, high] }) =>
    ticks(Math.max(2, Math.round(side / 60))).filter((v) => {
      const at = ((v - low) / (high - low)) * side;
      const half = textWidth(formatTick(v), 10) / 2 - gap / 2 + 2;
      return at >= half && at <= side - half;
    }),
  );
  const radius = Math.max(1.8, Math.min(look.radius, side / 42));
  const style = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  const xs: number[] = [];
  const ys: number[] = [];
  const samples: number[] = [];
  const axis = { tickFormat: formatTick, tickSize: 0, label: null, color: inks.muted };
  for (let row = 1; row <= k; ++row)
    for (let column = 0; column < row; ++column) {
      const [x, y] = [components[column], components[row]];
      const [sx, sy] = [scales[column], scales[row]];
      const x0 = left + column * (side + gap);
      const y0 = top + (row - 1) * (tall + head + gap) + head;
      const bottom = row === k;
      const box = { left: column ? 0 : left, bottom: bottom ? foot : 0 };
      const plot = Plot.plot({
        width: side + box.left,
        height: tall + box.bottom,
        marginTop: 0,
        marginRight: 0,
        marginBottom: box.bottom,
        marginLeft: box.left,
        x: { domain: [...sx.domain], range: [box.left, box.left + side], axis: null },
        y: { domain: [...sy.domain], range: [tall, 0], axis: null },
        symbol: { type: "identity" } as Plot.ScaleOptions,
        style: { fontFamily: "inherit", fontSize: "11px", background: "none", overflow: "visible" },
        marks: [
          Plot.frame({ stroke: inks.rule }),
          Plot.ruleX([0], {
            stroke: inks.rule,
            filter: () => sx.domain[0] < 0 && sx.domain[1] > 0,
          }),
          Plot.ruleY([0], {
            stroke: inks.rule,
            filter: () => sy.domain[0] < 0 && sy.domain[1] > 0,
          }),
          bottom ? Plot.axisX(ticks[column], { ...axis, tickPadding: 7, fontSize: 10 }) : null,
          column ? null : Plot.axisY(ticks[row], { ...axis, tickPadding: 5, fontSize: 10 }),
          look.dots(shown, x, y, radius),
        ],
      }) as SVGSVGElement;
      const panel = bare(plot);
      panel.setAttribute("x", String(x0 - box.left));
      panel.setAttribute("y", String(y0));
      root.append(panel);
      if (!column)
        root.append(
          textNode(ellipsis(y.title, side, 12, 600), { x: x0, y: y0 - 6, ...style }, y.title),
        );
      if (bottom)
        root.append(
          textNode(
            ellipsis(x.title, side, 12, 600),
            { x: x0 + side, y: y0 + tall + foot - 6, "text-anchor": "end", ...style },
            x.title,
          ),
        );
      for (const i of shown) {
        xs.push(x0 + ((x.values[i] - sx.domain[0]) / (sx.domain[1] - sx.domain[0])) * side);
        ys.push(y0 + tall - ((y.values[i] - sy.domain[0]) / (sy.domain[1] - sy.domain[0])) * tall);
        samples.push(i);
      }
    }
  const live = svg("g", {});
  root.append(live);
  const ids = sampleIds(plan);
  const describe = (at: number) => look.tip(samples[at]);
  const marks = {
    ids: samples.map((i) => [ids[i]]),
    px: xs,
    py: ys,
    radius,
    describe,
    stops: shown.length,
  };
  return {
    svg: root,
    hover: nearestPoint(xs, ys, describe, { radius, reach: 12 }),
    links: sampleLinks(marks, live, inks),
    notes,
  };
}
