import type { Inks } from "./colour.ts";
import type { Layout } from "./heatmap-cells.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import type { Piece } from "./legend.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

/** Which genes are named, and the room that it takes. */
export interface RowLabels {
  readonly room: number;
  /** Places to name, and their texts. */
  readonly named: readonly { readonly place: number; readonly text: string }[] | null;
}

/** What the names of genes need at the right. */
export function rowLabels({ data, rowOrder, labels }: HeatmapPlan, most: number): RowLabels {
  if (labels === false || rowOrder.length === 0) return { room: 0, named: null };
  const all = Array.from(rowOrder, (row, place) => ({
    place,
    text: data.labels[row],
    id: data.ids[row],
  }));
  const named =
    labels === true
      ? all
      : all.filter(({ text, id }) => labels.has(id) || labels.has(text.replace(/ \(.*\)$/, "")));
  const lead = labels === true ? 6 : 26;
  const widest = Math.max(0, ...named.map(({ text }) => textWidth(text, 11)));
  return { room: named.length ? Math.min(most, Math.ceil(widest)) + lead : 0, named };
}

export function drawRowLabels(
  plan: HeatmapPlan,
  { named, room }: RowLabels,
  box: Layout,
  inks: Inks,
  notes: string[],
): SVGGElement {
  const node = svg("g", { "font-size": 11, fill: inks.ink });
  if (!named) return node;
  const x = box.x + box.width;
  const chosen = plan.labels !== true;
  const step = chosen ? 1 : Math.max(1, Math.ceil(12 / box.cellHeight));
  if (step > 1)
    notes.push(`Every ${ordinal(step)} gene is named; point at the picture for the others.`);
  const shown = named.filter((_, i) => i % step === 0);
  const centers = shown.map(({ place }) => box.y + (place + 0.5) * box.cellHeight);
  const at = chosen ? spread(centers, 12.5, box.y + 4, box.y + box.height - 4) : centers;
  const fits = chosen ? Math.floor(box.height / 12.5) : shown.length;
  if (shown.length > fits)
    notes.push(`${shown.length - fits} of the chosen genes have no room for a name.`);
  shown.slice(0, fits).forEach(({ text }, i) => {
    if (chosen)
      node.append(
        svg("path", {
          d: `M${x + 2},${centers[i].toFixed(1)}h4L${x + 18},${at[i].toFixed(1)}h4`,
          stroke: inks.faint,
          fill: "none",
        }),
      );
    const lead = chosen ? 24 : 6;
    node.append(textNode(ellipsis(text, room - lead + 1, 11), { x: x + lead, y: at[i] + 4 }, text));
  });
  return node;
}

/** Places at least `gap` apart and near their own, within low..high; ascending in, ascending out. */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const out = [...wanted];
  for (let i = 0; i < out.length; ++i) out[i] = Math.max(out[i], i ? out[i - 1] + gap : low);
  for (let i = out.length - 1; i >= 0; --i)
    out[i] = Math.min(out[i], i < out.length - 1 ? out[i + 1] - gap : high);
  return out;
}

export function drawColumnLabels(
  plan: HeatmapPlan,
  box: Layout,
  inks: Inks,
  notes: string[],
): Piece {
  const { data, columnOrder } = plan;
  const node = svg("g", { "font-size": 11, fill: inks.ink });
  const texts = Array.from(columnOrder, (j) => data.samples[j]);
  const step = Math.max(1, Math.ceil(12 / box.cellWidth));
  if (step > 4) {
    notes.push(`${texts.length} samples; point at the picture for their names.`);
    return { node, width: box.width, height: 4 };
  }
  if (step > 1) notes.push(`Every ${ordinal(step)} sample is named.`);
  const bottom = box.y + box.height + 6;
  const flat = texts.every((text) => textWidth(text, 11) + 6 <= box.cellWidth);
  let longest = 0;
  texts.forEach((text, j) => {
    if (j % step) return;
    const shown = flat ? text : ellipsis(text, 130, 11);
    const x = box.x + (j + 0.5) * box.cellWidth;
    longest = Math.max(longest, textWidth(shown, 11));
    node.append(
      flat
        ? svg("text", { x, y: bottom + 10, "text-anchor": "middle" }, text)
        : textNode(
            shown,
            {
              transform: `translate(${(x + 4).toFixed(1)},${bottom}) rotate(-90)`,
              "text-anchor": "end",
            },
            text,
          ),
    );
  });
  return { node, width: box.width, height: flat ? 22 : longest + 12 };
}

function ordinal(n: number): string {
  const word = ["", "", "second", "third", "fourth", "fifth"][n];
  if (word) return word;
  const last = n % 10;
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
}
