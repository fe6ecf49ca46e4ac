import { ticks as niceTicks } from "d3";
import type { AxisOptions } from "./axis-options.ts";
import type { Inks } from "./colour.ts";
import type { Drawing, Links, Part } from "./drawing.ts";
import { setLabel, type GeneSets, type Intersection } from "./gene-sets.ts";
import type { Hit } from "./hover.ts";
import { nameList } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { middleEllipsis, textWidth } from "./text.ts";

/** What is drawn, read and checked. */
export interface UpsetPlan {
  readonly data: GeneSets;
  readonly bars: readonly Intersection[];
  /** Combinations that are not among the bars. */
  readonly left: number;
  readonly axis: AxisOptions;
  readonly height: number | undefined;
  readonly notes: readonly string[];
}

const row = 22;

/** Draws sets and their overlaps at one width. */
export function drawUpset(plan: UpsetPlan, width: number, inks: Inks): Drawing {
  const { sets } = plan.data;
  const narrow = width < 560;
  const widest = Math.max(30, ...sets.map((set) => textWidth(setLabel(set), 12)));
  const nameRoom = Math.min(Math.ceil(widest), narrow ? 96 : 220);
  const sizes = sets.map((set) => set.genes.length);
  const numberRoom = Math.max(14, ...sizes.map((n) => textWidth(formatNumber(n), 11)));
  const barRoom = narrow ? 0 : 90;
  const left = barRoom + numberRoom + nameRoom + (narrow ? 22 : 40);
  const fit = Math.max(1, Math.floor((width - left - 6) / 13));
  const bars = plan.bars.slice(0, fit);
  const step = Math.min(34, (width - left - 6) / Math.max(1, bars.length));
  const top = 30;
  const tall = plan.height ?? (narrow ? 150 : 200);
  const base = top + tall;
  const matrix = base + 14;
  const height = matrix + sets.length * row + 4;
  const largestBar = Math.max(1, ...bars.map((bar) => bar.genes.length));
  const most = plan.axis.domain?.[1] ?? largestBar;
  const counts = bars.map((bar) => formatNumber(bar.genes.length));
  const widestCount = Math.max(0, ...counts.map((text) => textWidth(text, 10)));
  // Numbers stand upright over all bars, or along them; never over some.
  const turned = widestCount > step - 1;
  const head = turned ? widestCount + 8 : 12;
  const toY = (n: number) => base - (n / most) * (tall - head);
  const toX = (k: number) => left + (k + 0.5) * step;
  const thick = Math.min(20, step * 0.64);
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const right = left + bars.length * step;
  const inkOf = (list: readonly number[]) => {
    const directions = new Set(list.map((k) => sets[k].direction));
    if (directions.size !== 1) return inks.ink;
    return directions.has(1) ? inks.up : directions.has(-1) ? inks.down : inks.ink;
  };

  const grid = svg("g", { "font-size": 11, fill: inks.muted, "text-anchor": "end" });
  const set = plan.axis.ticks;
  const ticks =
    typeof set === "object"
      ? set.filter((v) => v >= 0 && v <= most)
      : niceTicks(0, most, set ?? 4).filter(Number.isInteger);
  for (const tick of ticks) {
    const y = toY(tick);
    if (bars.length)
      grid.append(
        svg("path", { d: `M${left},${y.toFixed(1)}H${right.toFixed(1)}`, stroke: inks.rule }),
        svg("text", { x: left - 6, y: y + 4 }, formatTick(tick)),
      );
  }
  const title = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  root.append(
    grid,
    svg(
      "text",
      {
        x: bars.length && !plan.axis.label ? left - 6 : 0,
        y: 12,
        "text-anchor": bars.length && !plan.axis.label ? "end" : "start",
        ...title,
      },
      plan.axis.label ?? "genes",
    ),
  );

  const stripes = svg("g", { fill: inks.ink, "fill-opacity": 0.035 });
  sets.forEach((_, k) => {
    if (k % 2 === 0)
      stripes.append(
        svg("rect", { x: 0, y: matrix + k * row, width: Math.max(right, left), height: row }),
      );
  });
  root.append(stripes);

  const columns = svg("g", {});
  const dots = svg("g", {});
  bars.forEach((bar, k) => {
    const x = toX(k);
    const fill = inkOf(bar.sets);
    const y = Math.max(top, Math.min(base - 1, toY(bar.genes.length)));
    columns.append(svg("rect", { x: x - thick / 2, y, width: thick, height: base - y, fill }));
    const style = { "font-size": 10, fill: inks.muted };
    columns.append(
      turned
        ? svg(
            "text",
            {
              transform: `translate(${(x + 3.5).toFixed(1)},${(y - 4).toFixed(1)}) rotate(-90)`,
              ...style,
            },
            counts[k],
          )
        : svg("text", { x, y: y - 4, "text-anchor": "middle", ...style }, counts[k]),
    );
    const middle = (set: number) => matrix + (set + 0.5) * row;
    const has = new Set(bar.sets);
    sets.forEach((_, set) => {
      if (!has.has(set))
        dots.append(
          svg("circle", { cx: x, cy: middle(set), r: Math.min(4.5, step * 0.24), fill: inks.rule }),
        );
    });
    if (bar.sets.length > 1)
      dots.append(
        svg("path", {
          d: `M${x.toFixed(1)},${middle(bar.sets[0])}V${middle(bar.sets.at(-1)!)}`,
          stroke: fill,
          "stroke-width": 2,
        }),
      );
    for (const set of bar.sets)
      dots.append(svg("circle", { cx: x, cy: middle(set), r: Math.min(5.5, step * 0.34), fill }));
  });
  root.append(columns, dots);

  const names = svg("g", { "font-size": 12 });
  const largest = Math.max(1, ...sizes);
  const setBars = svg("g", {});
  sets.forEach((set, k) => {
    const y = matrix + (k + 0.5) * row;
    const ink = inkOf([k]);
    const x = left - 12;
    const label = setLabel(set);
    names.append(
      textNode(
        middleEllipsis(label, nameRoom + 2, 12),
        { x, y: y + 4, "text-anchor": "end", fill: ink },
        label,
      ),
      svg(
        "text",
        {
          x: barRoom + numberRoom + (narrow ? 0 : 6),
          y: y + 4,
          "text-anchor": "end",
          "font-size": 11,
          fill: inks.muted,
        },
        formatNumber(sizes[k]),
      ),
    );
    const length = (sizes[k] / largest) * (barRoom - 8);
    if (barRoom && length > 0)
      setBars.append(
        svg("rect", { x: barRoom - length, y: y - 6, width: length, height: 12, fill: ink }),
      );
  });
  root.append(setBars, names);
  const live = svg("g", {});
  root.append(live);

  const partOf = (k: number): Part => ({
    genes: bars[k].genes.map((gene) => plan.data.ids[gene]),
    name: `${nameList(bars[k].sets.map((set) => setLabel(sets[set])))}${sets.length > 1 ? " only" : ""}`,
  });
  const setPart = (k: number): Part => ({
    genes: Array.from(sets[k].genes, (gene) => plan.data.ids[gene]),
    name: setLabel(sets[k]),
  });
  const barHit = (k: number): Hit => ({
    x: toX(k) - step / 2,
    y: top,
    size: [step, height - top - 2],
    title: partOf(k).name!,
    rows: [["genes", formatNumber(bars[k].genes.length)]],
  });
  const setHit = (k: number): Hit => ({
    x: 0,
    y: matrix + k * row,
    size: [left - 4, row],
    title: setLabel(sets[k]),
    rows: [["genes", formatNumber(sizes[k])]],
  });
  const where = (x: number, y: number): { bar: number } | { set: number } | null => {
    const k = Math.floor((x - left) / step);
    if (k >= 0 && k < bars.length && y >= top && y <= height) return { bar: k };
    const set = Math.floor((y - matrix) / row);
    return x < left && set >= 0 && set < sets.length ? { set } : null;
  };
  const links: Links = {
    show({ genes }) {
      const chosen = new Set(genes);
      const count = (list: ArrayLike<number>) => {
        let n = 0;
        for (let i = 0; i < list.length; ++i) if (chosen.has(plan.data.ids[list[i]])) ++n;
        return n;
      };
      const inBars = chosen.size ? bars.map((bar) => count(bar.genes)) : [];
      const inSets = chosen.size ? sets.map((set) => count(set.genes)) : [];
      const any = inSets.some((n) => n > 0);
      for (const node of [columns, setBars]) {
        if (any) node.setAttribute("opacity", "0.32");
        else node.removeAttribute("opacity");
      }
      live.replaceChildren();
      if (!any) return;
      inBars.forEach((n, k) => {
        if (!n) return;
        const y = Math.max(top, Math.min(base - 2, toY(n)));
        live.append(
          svg("rect", {
            x: toX(k) - thick / 2,
            y,
            width: thick,
            height: base - y,
            fill: inkOf(bars[k].sets),
          }),
        );
      });
      inSets.forEach((n, k) => {
        const length = (n / largest) * (barRoom - 8);
        if (barRoom && n)
          live.append(
            svg("rect", {
              x: barRoom - length,
              y: matrix + (k + 0.5) * row - 6,
              width: length,
              height: 12,
              fill: inkOf([k]),
            }),
          );
      });
    },
    at(x, y) {
      const found = where(x, y);
      if (!found) return null;
      return "bar" in found ? partOf(found.bar) : setPart(found.set);
    },
    stops: bars.length + sets.length,
    stop: (i) =>
      i < bars.length
        ? { hit: barHit(i), part: partOf(i) }
        : { hit: setHit(i - bars.length), part: setPart(i - bars.length) },
  };
  const hidden = plan.left + plan.bars.length - bars.length;
  return {
    svg: root,
    links,
    hover(x, y) {
      const found = where(x, y);
      if (!found) return null;
      return "bar" in found ? barHit(found.bar) : setHit(found.set);
    },
    notes: [
      ...(sets.length ? [] : ["There are no sets."]),
      ...(sets.length && !bars.length ? ["No gene is in any set."] : []),
      ...plan.notes,
      ...(largestBar > most ? [`Bars higher than ${formatNumber(most)} are cut.`] : []),
      ...(hidden > 0
        ? [
            `${formatNumber(hidden)} more ${hidden === 1 ? "combination is" : "combinations are"} not drawn.`,
          ]
        : []),
    ],
  };
}
