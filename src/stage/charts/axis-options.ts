import { ticks as niceTicks } from "d3";
import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { powerTicks } from "./axes-plot.ts";
import { formatTick } from "./numbers.ts";
import type { ScaleKind, ValueScale } from "./value-scale.ts";

/** How one axis is set, in the words of Observable Plot. */
export interface AxisOptions {
  /** Instead of the title that the picture gives it. */
  readonly label?: string;
  /** Ends, in the units of the data; what lies beyond is drawn at the edge or left out, and the caption says how much. */
  readonly domain?: readonly [number, number];
  /** "linear" or "log", where the picture can do both. */
  readonly type?: ScaleKind;
  /** About how many ticks, or the values at which they stand. */
  readonly ticks?: number | readonly number[];
}

export interface Axes {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
}

/** The axes of a picture that has some. */
export interface AxesOption {
  readonly axes?: { readonly x?: AxisOptions; readonly y?: AxisOptions };
}

/** What can be set: the title alone, or everything, with the types that make sense. */
export type AxisKind = "label" | readonly ScaleKind[];

/** The axes of a picture's options, checked: a picture takes what makes sense for it and refuses the rest. */
export function readAxes(
  where: string,
  given: AxesOption["axes"],
  kinds: { readonly x?: AxisKind; readonly y?: AxisKind },
): Axes {
  const axes = checkOptions(`${where}: axes`, given, Object.keys(kinds));
  const read = (name: "x" | "y"): AxisOptions => {
    const kind = kinds[name];
    const axis = `${where}: axes.${name}`;
    const names = kind === "label" ? ["label"] : ["label", "domain", "type", "ticks"];
    const options = checkOptions(axis, axes[name], kind === undefined ? [] : names);
    const { label, domain, type, ticks } = options;
    if (label !== undefined && typeof label !== "string")
      throw argumentError(`${axis}: invalid label: ${String(label)}`, { help: "It is a string." });
    if (type !== undefined) {
      const kinds = kind as readonly ScaleKind[];
      checkOneOf(axis, "type", type, kinds);
    }
    const finite = (v: unknown) => typeof v === "number" && Number.isFinite(v);
    if (domain !== undefined)
      if (!Array.isArray(domain) || domain.length !== 2 || !domain.every(finite))
        throw argumentError(`${axis}: invalid domain: ${String(domain)}`, {
          help: "It is a pair of numbers, the lower one first.",
        });
      else if (!(domain[0] < domain[1]))
        throw argumentError(`${axis}: empty domain: ${String(domain)}`, {
          help: "It is a pair of numbers, the lower one first.",
        });
    const listed = Array.isArray(ticks) && ticks.every(finite);
    if (ticks !== undefined && !listed && !(finite(ticks) && (ticks as number) >= 0))
      throw argumentError(`${axis}: invalid ticks: ${String(ticks)}`, {
        help: "It is a number of ticks, or a list of the values at which they stand.",
      });
    return options;
  };
  return { x: read("x"), y: read("y") };
}

/** An axis on its drawn scale. */
export interface ShownAxis {
  readonly title: string;
  readonly domain: readonly [number, number];
  /** Ticks for so many px. */
  ticks(room: number): readonly number[];
  format(shown: number): string;
}

export interface ShownAxisSpec {
  readonly title: string;
  /** On the drawn scale. */
  readonly domain: readonly [number, number];
  /** Values are drawn as log10. */
  readonly log?: boolean;
  /** Px between ticks. */
  readonly spacing: number;
}

/** A linear or log10 axis: as the picture would have it, but for what the options set. */
export function shownAxis(
  { title, domain, log, spacing }: ShownAxisSpec,
  set: AxisOptions,
): ShownAxis {
  const shown = log ? Math.log10 : (v: number) => v;
  const ends: readonly [number, number] = set.domain
    ? [shown(set.domain[0]), shown(set.domain[1])]
    : domain;
  const ticks = (room: number): readonly number[] => {
    if (Array.isArray(set.ticks)) return set.ticks.map(shown).filter((v) => within(v, ends));
    const wanted = typeof set.ticks === "number" ? set.ticks : null;
    if (wanted === 0) return [];
    if (log) return logTicks(ends, wanted === null ? room : wanted * 70);
    return niceTicks(ends[0], ends[1], wanted ?? Math.max(3, Math.round(room / spacing)));
  };
  return {
    title: set.label ?? title,
    domain: ends,
    ticks,
    format: log ? (v) => formatTick(Number((10 ** v).toPrecision(6))) : formatTick,
  };
}

/** An axis of values with the ends and ticks that the options set. */
export function setValueScale(scale: ValueScale, set: AxisOptions): ValueScale {
  const { domain, ticks } = set;
  if (!domain && ticks === undefined) return scale;
  const ends: readonly [number, number] = domain
    ? [scale.transform(domain[0]), scale.transform(domain[1])]
    : scale.domain;
  return {
    ...scale,
    domain: ends,
    ticks(count) {
      if (Array.isArray(ticks)) return ticks.map(scale.transform).filter((v) => within(v, ends));
      if (ticks === 0) return [];
      const about = typeof ticks === "number" ? ticks : count;
      if (scale.kind === "linear") return niceTicks(ends[0], ends[1], about);
      return scale.ticks(about).filter((v) => within(v, ends));
    },
  };
}

/** Whether a place on the drawn scale lies on an axis. */
export function within(shown: number, [low, high]: readonly [number, number]): boolean {
  return shown >= low - 1e-9 && shown <= high + 1e-9;
}

/** Whole powers of ten; 1, 2 and 5 of each where there is less than a power. */
function logTicks([low, high]: readonly [number, number], room: number): number[] {
  const powers = powerTicks([low, high], room);
  if (powers.length > 1) return powers;
  return niceTicks(10 ** low, 10 ** high, 4)
    .filter((v) => v > 0)
    .map(Math.log10);
}
