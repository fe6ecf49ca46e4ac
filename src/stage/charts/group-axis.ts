import type { Inks } from "./colour.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, middleEllipsis, textWidth, wrapText } from "./text.ts";

export interface GroupLabel {
  readonly label: string;
  /** Numbers of values, one per subgroup. */
  readonly n: readonly number[];
}

export interface GroupAxisLayout {
  readonly height: number;
  readonly turned: boolean;
  /** Every how many-th group has its label. */
  readonly step: number;
  readonly lines: readonly (readonly string[])[];
  readonly showN: boolean;
}

/** How the names of groups fit below bands of `band` px, the first of which begins at `left`: on one line, on up to three, or turned and thinned out. */
export function layoutGroupAxis(
  labels: readonly string[],
  band: number,
  showN: boolean,
  left: number,
): GroupAxisLayout {
  const room = band - 4;
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, 12)));
  const n = showN ? 16 : 0;
  if (widest <= room)
    return { height: 20 + n, turned: false, step: 1, lines: labels.map((l) => [l]), showN };
  const word = Math.max(
    0,
    ...labels.flatMap((l) => l.split(/(?<=[\s\-_/.,;|])/u)).map((w) => textWidth(w.trim(), 12)),
  );
  if (word <= room || room >= 64) {
    const lines = labels.map((label) => wrapText(label, room, 12, 3));
    const most = Math.max(...lines.map((l) => l.length));
    return { height: 20 + 14 * (most - 1) + n, turned: false, step: 1, lines, showN };
  }
  const step = Math.max(1, Math.ceil(15 / band));
  const most = Math.min(120, (left + band / 2 + 2) / 0.71 - 6);
  const cut = labels.map((label) => [middleEllipsis(label, most, 12)]);
  const longest = Math.max(...cut.map(([l]) => textWidth(l, 12)));
  return {
    height: Math.ceil(longest * 0.71 + 22),
    turned: true,
    step,
    lines: cut,
    showN: false,
  };
}

/** Draws the names (and n) of groups below `bottom`; `at(i, j)` is the px of subgroup j of group i, or the group's middle without j. */
export function drawGroupAxis(
  layout: GroupAxisLayout,
  groups: readonly GroupLabel[],
  at: (i: number, j?: number) => number,
  bottom: number,
  band: number,
  inks: Inks,
): SVGGElement {
  const node = svg("g", { "font-size": 12, fill: inks.ink });
  groups.forEach((group, i) => {
    if (i % layout.step) return;
    const x = at(i);
    if (layout.turned) {
      const text = textNode(
        layout.lines[i][0],
        {
          x: 0,
          y: 0,
          transform: `translate(${x + 4},${bottom + 14}) rotate(-45)`,
          "text-anchor": "end",
        },
        group.label,
      );
      node.append(text);
      return;
    }
    layout.lines[i].forEach((line, k) =>
      node.append(
        textNode(
          line,
          { x, y: bottom + 16 + 14 * k, "text-anchor": "middle" },
          k === 0 && layout.lines[i].join("").length < group.label.replaceAll(" ", "").length
            ? group.label
            : line,
        ),
      ),
    );
  });
  if (layout.showN && !layout.turned)
    node.append(...counts(layout, groups, at, bottom, band, inks));
  return node;
}

/** "n = 12" below every group where that fits, else bare numbers after an n at the left. */
function counts(
  layout: GroupAxisLayout,
  groups: readonly GroupLabel[],
  at: (i: number, j?: number) => number,
  bottom: number,
  band: number,
  inks: Inks,
): SVGTextElement[] {
  const style = { y: bottom + layout.height - 2, "font-size": 11, fill: inks.muted };
  const middle = { ...style, "text-anchor": "middle" };
  const apart = groups.every(
    ({ n }, i) =>
      n.length > 1 &&
      Math.max(...n.map((k) => textWidth(String(k), 11))) + 4 <= Math.abs(at(i, 1) - at(i, 0)),
  );
  const whole = groups.map(({ n }) => `n = ${n.join(", ")}`);
  if (!apart && whole.every((text) => textWidth(text, 11) <= band - 2))
    return whole.map((text, i) => svg("text", { x: at(i), ...middle }, text));
  const nodes = [
    svg(
      "text",
      { x: at(0) - band / 2 - 6, ...style, "text-anchor": "end", "font-style": "italic" },
      "n",
    ),
  ];
  groups.forEach(({ n }, i) => {
    if (apart) n.forEach((k, j) => nodes.push(svg("text", { x: at(i, j), ...middle }, String(k))));
    else {
      const text = n.join(", ");
      nodes.push(textNode(ellipsis(text, band, 11), { x: at(i), ...middle }, text));
    }
  });
  return nodes;
}
