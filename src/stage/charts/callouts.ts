import { textWidth } from "./text.ts";

/** A text to set near a point. */
export interface Target {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface Callout {
  readonly index: number;
  /** Baseline. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  /** From the point to the text, where that is not beside it. */
  readonly leader: readonly [number, number, number, number] | null;
}

export interface CalloutRoom {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
  /** Of the points. */
  readonly radius: number;
  /** Boxes that are taken already. */
  readonly avoid?: readonly Box[];
}

/** Points that a text should leave free: lists of rows, and what one of each weighs. */
export interface Others {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly rows: readonly (readonly [rows: ArrayLike<number>, weight: number])[];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const cell = 4;
const distances = [0, 9, 18, 30, 44, 60, 80];
const directions = 16;

/**
 * Places texts near their points where they cover no other text, no point that is named and as few of the other points as can be; farther ones get a leader line that
 * crosses none before. Greedy in the order given: put what matters first. What finds no place is left out and counted.
 */
export function placeCallouts(
  targets: readonly Target[],
  others: Others,
  room: CalloutRoom,
): { readonly callouts: Callout[]; readonly hidden: number } {
  const crowd = crowdOf(others, room);
  const dots: Box[] = targets.map(({ x, y }) => around(x, y, room.radius + 1));
  const taken: Box[] = [...(room.avoid ?? [])];
  const leaders: (readonly [number, number, number, number])[] = [];
  const callouts: Callout[] = [];
  let hidden = 0;
  targets.forEach((target, index) => {
    const width = textWidth(target.text, room.size);
    let best: { cost: number; box: Box; callout: Callout } | null = null;
    for (const distance of distances) {
      // What is farther costs at least this much, so that a near free place ends the search.
      if (best && best.cost <= distance * 0.12) break;
      for (let k = 0; k < directions; ++k) {
        const angle = (k / directions) * 2 * Math.PI;
        const placed = candidate(target, index, width, angle, distance, room);
        const { box, callout } = placed;
        if (box.left < room.left || box.right > room.right) continue;
        if (box.top < room.top || box.bottom > room.bottom) continue;
        if (taken.some((other) => overlap(box, other))) continue;
        if (dots.some((dot, i) => i !== index && overlap(box, dot))) continue;
        const { leader } = callout;
        if (leader && leaders.some((other) => crosses(leader, other))) continue;
        if (leader && taken.some((other) => meets(leader, other))) continue;
        const cost = distance * 0.12 + crowd(box) + Math.abs(Math.sin(angle)) * 0.6;
        if (!best || cost < best.cost) best = { cost, ...placed };
      }
    }
    if (!best) {
      ++hidden;
      return;
    }
    taken.push(best.box);
    if (best.callout.leader) leaders.push(best.callout.leader);
    callouts.push(best.callout);
  });
  return { callouts, hidden };
}

function candidate(
  { x, y }: Target,
  index: number,
  width: number,
  angle: number,
  distance: number,
  { radius, size }: CalloutRoom,
): { box: Box; callout: Callout } {
  const reach = radius + 3 + distance;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const [px, py] = [x + dx * reach, y + dy * reach];
  const anchor = dx > 0.35 ? "start" : dx < -0.35 ? "end" : "middle";
  const left = anchor === "start" ? px : anchor === "end" ? px - width : px - width / 2;
  // The near edge of the text stands at the end of the line.
  const middle = py + dy * size * 0.45;
  const box = {
    left: left - 1,
    right: left + width + 1,
    top: middle - size * 0.55,
    bottom: middle + size * 0.55,
  };
  const leader =
    distance < 8
      ? null
      : ([x + dx * (radius + 1), y + dy * (radius + 1), px - dx * 2, py - dy * 2] as const);
  return {
    box,
    callout: { index, x: px, y: middle + size * 0.35, anchor, leader },
  };
}

/** How many of the other points a box covers, from a summed grid; a crowd costs less than its number. */
function crowdOf({ xs, ys, rows }: Others, room: CalloutRoom): (box: Box) => number {
  const columns = Math.max(1, Math.ceil((room.right - room.left) / cell)) + 1;
  const lines = Math.max(1, Math.ceil((room.bottom - room.top) / cell)) + 1;
  const sums = new Int32Array((columns + 1) * (lines + 1));
  for (const [list, weight] of rows)
    for (let k = 0; k < list.length; ++k) {
      const column = Math.floor((xs[list[k]] - room.left) / cell);
      const line = Math.floor((ys[list[k]] - room.top) / cell);
      if (column >= 0 && column < columns && line >= 0 && line < lines)
        sums[(line + 1) * (columns + 1) + column + 1] += weight;
    }
  for (let i = 1; i <= lines; ++i)
    for (let j = 1; j <= columns; ++j) {
      const at = i * (columns + 1) + j;
      sums[at] += sums[at - 1] + sums[at - columns - 1] - sums[at - columns - 2];
    }
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
  return (box) => {
    const j0 = clamp(Math.floor((box.left - room.left) / cell), columns);
    const j1 = clamp(Math.ceil((box.right - room.left) / cell), columns);
    const i0 = clamp(Math.floor((box.top - room.top) / cell), lines);
    const i1 = clamp(Math.ceil((box.bottom - room.top) / cell), lines);
    const w = columns + 1;
    const count = sums[i1 * w + j1] - sums[i0 * w + j1] - sums[i1 * w + j0] + sums[i0 * w + j0];
    return 1.1 * Math.sqrt(count);
  };
}

function around(x: number, y: number, r: number): Box {
  return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

type Line = readonly [number, number, number, number];

function crosses(a: Line, b: Line): boolean {
  const side = ([x0, y0, x1, y1]: Line, x: number, y: number) =>
    (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
  return (
    side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 && side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0
  );
}

function meets(line: Line, { left, right, top, bottom }: Box): boolean {
  return (
    crosses(line, [left, top, right, bottom]) ||
    crosses(line, [left, bottom, right, top]) ||
    (line[2] > left && line[2] < right && line[3] > top && line[3] < bottom)
  );
}
