import { nice, ticks as niceTicks } from "d3";
import { formatTick } from "./numbers.ts";

export type ScaleKind = "linear" | "log";

/** An axis of values. "log" places v at sign(v) log(1 + |v|), so that zeros show. */
export interface ValueScale {
  readonly kind: ScaleKind;
  /** From a value to the scale on which it is drawn, and on which summaries are taken. */
  transform(value: number): number;
  invert(shown: number): number;
  /** Ends on the drawn scale. */
  readonly domain: readonly [number, number];
  /** On the drawn scale, at most about `count`. */
  ticks(count: number): number[];
  format(shown: number): string;
}

/** The scale for finite values from `low` to `high`: from zero where that costs less than half of the height. */
export function valueScale(kind: ScaleKind, low: number, high: number): ValueScale {
  if (!(low <= high)) [low, high] = [0, 1];
  return kind === "log" ? logScale(low, high) : linearScale(low, high);
}

function linearScale(low: number, high: number): ValueScale {
  let [start, end] = [low, high];
  if (low === high) {
    if (low === 0) end = 1;
    else if (low > 0) start = 0;
    else end = 0;
  } else if (low > 0 && low < high * 0.6) start = 0;
  const nicest = nice(start, end, 5);
  return {
    kind: "linear",
    transform: (value) => value,
    invert: (shown) => shown,
    domain: [nicest[0], nicest[1]],
    ticks: (count) => niceTicks(nicest[0], nicest[1], count),
    format: formatTick,
  };
}

function logScale(low: number, high: number): ValueScale {
  const transform = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value));
  const invert = (shown: number) => Math.sign(shown) * Math.expm1(Math.abs(shown));
  const start = transform(Math.min(0, low));
  let end = transform(Math.max(0, high));
  if (start === end) end = transform(1);
  return {
    kind: "log",
    transform,
    invert,
    domain: [start, start === 0 ? end * 1.04 : end],
    ticks(count) {
      const least = (end - start) / Math.max(1, count);
      const candidates = [0];
      for (const mantissa of [1, 3])
        for (let power = 0; power < 15; ++power) candidates.push(mantissa * 10 ** power);
      for (const value of candidates.slice(1)) candidates.push(-value);
      const kept: number[] = [];
      for (const value of candidates) {
        const at = transform(value);
        if (at < start - 1e-9 || at > end + 1e-9) continue;
        if (kept.every((other) => Math.abs(other - at) >= least)) kept.push(at);
      }
      return kept.sort((a, b) => a - b);
    },
    format: (shown) => formatTick(Number(invert(shown).toPrecision(12))),
  };
}
