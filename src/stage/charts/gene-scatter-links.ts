import { placeCallouts, type Target } from "./callouts.ts";
import type { Inks } from "./colour.ts";
import type { Links } from "./drawing.ts";
import type { Radii } from "./gene-scatter-layer.ts";
import type { ScatterBox, ScatterPlan, ScatterPoints } from "./gene-scatter-plan.ts";
import { geneTip } from "./gene-tip.ts";
import { halo } from "./halo.ts";
import { insideOutline } from "./outline.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

/** So many of the selected genes are named. */
const namedSelected = 40;

/** Names, and what is selected: drawn into `live`, the other points faded. */
export function scatterLinks(
  plan: ScatterPlan,
  points: ScatterPoints,
  box: ScatterBox,
  radii: Radii,
  live: SVGGElement,
  canvas: HTMLCanvasElement,
  inks: Inks,
  dark: boolean,
): Links {
  const { results, codes } = plan;
  const { px, py, all } = points;
  const names = (rows: readonly number[], bold: number) =>
    callouts(plan, points, rows, bold, box, radii, inks);
  const usual = names(plan.named, plan.chosen);
  live.append(usual);
  return {
    show({ genes }) {
      const rows = genes.flatMap((id) => {
        const row = results.rowOf(id);
        return row >= 0 && codes[row] !== 255 ? [row] : [];
      });
      canvas.style.opacity = rows.length ? (dark ? "0.45" : "0.4") : "";
      if (!rows.length) return live.replaceChildren(usual);
      const named = rows.length <= namedSelected ? rows : [];
      live.replaceChildren(marks(points, plan, rows, radii, inks), names(named, 0));
    },
    at(x, y) {
      const row = nearest(points, x, y, radii.significant + 6);
      return row < 0 ? null : { genes: [results.ids[row]] };
    },
    within(outline) {
      const inside = insideOutline(outline);
      const genes: string[] = [];
      for (const row of all) if (inside(px[row], py[row])) genes.push(results.ids[row]);
      return { genes };
    },
    stops: all.length,
    stop(i) {
      const row = plan.ranked()[i];
      return {
        hit: { x: px[row], y: py[row], radius: radii.significant + 2.5, ...geneTip(results, row) },
        part: { genes: [results.ids[row]] },
      };
    },
  };
}

function nearest({ px, py, all }: ScatterPoints, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach * reach;
  for (const row of all) {
    const d = (px[row] - x) ** 2 + (py[row] - y) ** 2;
    if (d < least) {
      least = d;
      best = row;
    }
  }
  return best;
}

/** Selected points: full colours with a ring of ink. A few paths, however many there are. */
function marks(
  { px, py }: ScatterPoints,
  { codes }: ScatterPlan,
  rows: readonly number[],
  radii: Radii,
  inks: Inks,
): SVGGElement {
  const node = svg("g", { fill: "none", "stroke-linecap": "round" });
  const d = (list: readonly number[]) =>
    list.map((row) => `M${px[row].toFixed(1)},${py[row].toFixed(1)}h0`).join("");
  const add = (list: readonly number[], stroke: string, r: number) => {
    if (list.length) node.append(svg("path", { d: d(list), stroke, "stroke-width": 2 * r }));
  };
  const of = (code: number) => rows.filter((row) => codes[row] === code);
  const r = radii.significant;
  add(rows, inks.ink, r + 1.4);
  add(of(0), inks.faint, r);
  add(of(1), inks.up, r);
  add(of(2), inks.down, r);
  add(of(2), inks.paper, r - 1.4);
  return node;
}

/** Where the lines' own texts stand: at the right end, above the line. */
function ruleTexts({ rules, y }: ScatterPlan, box: ScatterBox) {
  const [low, high] = y.domain;
  return rules.flatMap(({ axis, at, text }) => {
    if (axis !== "y" || !text || at < low || at > high) return [];
    const bottom = box.bottom - ((at - low) / (high - low)) * (box.bottom - box.top);
    return [
      { left: box.right - textWidth(text, 11) - 4, right: box.right + 8, top: bottom - 16, bottom },
    ];
  });
}

function callouts(
  plan: ScatterPlan,
  { px, py, rows: classes }: ScatterPoints,
  rows: readonly number[],
  bold: number,
  box: ScatterBox,
  radii: Radii,
  inks: Inks,
): SVGGElement {
  const { results } = plan;
  const node = svg("g", { "font-size": 11, fill: inks.ink, "pointer-events": "none" });
  const most = Math.min(150, (box.right - box.left) * 0.4);
  const targets: Target[] = rows.map((row) => ({
    x: px[row],
    y: py[row],
    text: ellipsis(results.label(row), most, 11),
  }));
  const room = {
    ...box,
    top: box.top - 6,
    right: box.right + 8,
    size: 11,
    radius: radii.significant,
    avoid: ruleTexts(plan, box),
  };
  const { callouts: placed } = placeCallouts(
    targets,
    {
      xs: px,
      ys: py,
      rows: [
        [classes[0], 1],
        [classes[1], 4],
        [classes[2], 4],
      ],
    },
    room,
  );
  for (const { leader } of placed)
    if (leader)
      node.append(
        svg("path", {
          d: `M${leader[0].toFixed(1)},${leader[1].toFixed(1)}L${leader[2].toFixed(1)},${leader[3].toFixed(1)}`,
          stroke: inks.muted,
          "stroke-width": 0.75,
        }),
      );
  for (const { index, x, y, anchor } of placed)
    node.append(
      textNode(
        targets[index].text,
        {
          x,
          y,
          "text-anchor": anchor,
          "font-weight": index < bold ? 600 : null,
          ...halo(inks),
        },
        results.label(rows[index]),
      ),
    );
  return node;
}
