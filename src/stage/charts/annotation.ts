import { lab, ticks as niceTicks } from "d3";
import { argumentError } from "../../base/errors.ts";
import { categories, heatRamp, type Inks } from "./colour.ts";
import { missingLabel } from "./groups.ts";
import { rampLegend, swatchLegend, type Piece } from "./legend.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { toSource, type ChartData } from "./source.ts";
import { svg } from "./svg.ts";
import { textWidth } from "./text.ts";

/** One column of a samples or genes table, in the order of the heatmap's data. */
export interface Annotation {
  readonly name: string;
  /** Levels and codes (-1 missing), or null for numbers. */
  readonly levels: readonly string[] | null;
  readonly codes: Int32Array;
  readonly numbers: Float64Array | null;
  /** The first colour of its levels, so that bars differ. */
  readonly offset: number;
}

/** Reads the named columns of a table for the given ids; ids that it lacks are missing. Without names: the columns of 2 to 12 levels, four at most. */
export function readAnnotations(
  data: ChartData,
  key: string,
  ids: readonly string[],
  named: readonly string[] | undefined,
): Annotation[] {
  const source = toSource("heatmap", data);
  if (!source.has(key))
    throw argumentError(`heatmap: the annotations need a column: ${key}`, {
      help: `Its columns are ${source.names.slice(0, 20).join(", ")}.`,
    });
  const rowOf = new Map(source.strings(key).map((id, i) => [id, i]));
  const rows = ids.map((id) => rowOf.get(id) ?? -1);
  const few = (name: string) => {
    if (name === key || name === "symbol" || source.kind(name) === "other") return false;
    const n = source.levels(name).levels.length;
    return n > 1 && n <= 12;
  };
  let offset = 0;
  return (named ?? source.names.filter(few).slice(0, 4)).map((name) => {
    const kind = source.kind(name);
    const { codes, levels } = source.levels(name);
    const of = Int32Array.from(rows, (row) => (row < 0 ? -1 : codes[row]));
    const measured = levels.length > 8 || levels.some((level) => !Number.isInteger(Number(level)));
    if ((kind === "number" || kind === "integer") && measured) {
      const all = source.numbers(name);
      const numbers = Float64Array.from(rows, (row) => (row < 0 ? NaN : all[row]));
      return { name, levels: null, codes: of, numbers, offset: 0 };
    }
    const used = new Set(of);
    const kept = levels.flatMap((_, i) => (used.has(i) ? [i] : []));
    const place = new Map(kept.map((level, i) => [level, i]));
    const annotation = {
      name,
      levels: kept.map((level) => levels[level]),
      codes: of.map((code) => place.get(code) ?? -1),
      numbers: null,
      offset,
    };
    offset += kept.length;
    return annotation;
  });
}

/** The text of one entry. */
export function annotationText({ levels, codes, numbers }: Annotation, i: number): string {
  if (numbers) return formatNumber(numbers[i]);
  return codes[i] < 0 ? missingLabel : levels![codes[i]];
}

function colorOf(annotation: Annotation, dark: boolean, inks: Inks): (i: number) => string {
  const { numbers, codes, offset } = annotation;
  if (numbers) {
    const { at } = spanOf(numbers);
    const color = heatRamp(dark);
    return (i) => (Number.isFinite(numbers[i]) ? color(at(numbers[i])) : inks.missing);
  }
  const palette = categories(dark);
  return (i) => (codes[i] < 0 ? inks.missing : palette[(codes[i] + offset) % palette.length]);
}

function spanOf(numbers: Float64Array) {
  let low = Infinity;
  let high = -Infinity;
  for (const v of numbers)
    if (Number.isFinite(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
  if (!(low < high)) [low, high] = [low || 0, (low || 0) + 1];
  return { low, high, at: (v: number) => (v - low) / (high - low) };
}

/** Bars of one annotation, runs of one colour as one; a level is written into a run that has room. */
export function annotationBars(
  annotation: Annotation,
  order: Int32Array,
  box: { x: number; y: number; width: number; height: number },
  upright: boolean,
  dark: boolean,
  inks: Inks,
): SVGGElement {
  const node = svg("g", { "shape-rendering": "crispEdges" });
  const color = colorOf(annotation, dark, inks);
  const size = (upright ? box.width : box.height) / order.length;
  for (let i = 0; i < order.length;) {
    const fill = color(order[i]);
    let end = i + 1;
    while (end < order.length && color(order[end]) === fill) ++end;
    const start = i * size;
    const length = (end - i) * size;
    node.append(
      upright
        ? svg("rect", { x: box.x + start, y: box.y, width: length, height: box.height, fill })
        : svg("rect", { x: box.x, y: box.y + start, width: box.width, height: length, fill }),
    );
    const text = annotationText(annotation, order[i]);
    if (upright && box.height >= 13 && annotation.levels && textWidth(text, 11) + 8 < length)
      node.append(
        svg(
          "text",
          {
            x: box.x + start + length / 2,
            y: box.y + box.height / 2 + 4,
            "text-anchor": "middle",
            "font-size": 11,
            fill: lab(fill).l > 58 ? "#111318" : "#ffffff",
          },
          text,
        ),
      );
    i = end;
  }
  return node;
}

/** The legend of one annotation. */
export function annotationLegend(
  annotation: Annotation,
  width: number,
  dark: boolean,
  inks: Inks,
): Piece {
  const { name, levels, numbers, offset, codes } = annotation;
  if (numbers) {
    const { low, high, at } = spanOf(numbers);
    const color = heatRamp(dark);
    return rampLegend(
      {
        title: name,
        color,
        ticks: niceTicks(low, high, 3).map((v) => [at(v), formatTick(v)] as const),
      },
      width,
      inks,
    );
  }
  const palette = categories(dark);
  const items = levels!.map((label, i) => ({
    label,
    color: palette[(i + offset) % palette.length],
    symbol: "box" as const,
  }));
  if (codes.includes(-1)) items.push({ label: missingLabel, color: inks.missing, symbol: "box" });
  return swatchLegend(name, items, width, inks);
}
