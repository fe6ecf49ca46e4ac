/** The outline of a set: an ellipse, turned by `turn` radians. */
export interface VennShape {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly turn: number;
}

export interface VennLayout {
  readonly shapes: readonly VennShape[];
  /** Whether areas stand for numbers of genes. */
  readonly proportional: boolean;
}

/**
 * Outlines of one to five sets. `sizes[mask]` is the number of genes in exactly the sets of the bits of mask. Up to three sets are circles with areas as their sizes: two overlap by exactly their
 * shared genes; three are moved until all seven areas fit as well as circles can (Nelder-Mead on squared differences). Four and five are ellipses of fixed form. In any unit.
 */
export function vennLayout(sizes: ArrayLike<number>, sets: number): VennLayout {
  if (sets > 3) return { shapes: sets === 4 ? four : five, proportional: false };
  if (sets === 0) return { shapes: [], proportional: true };
  const total = (mask: number) => {
    let sum = 0;
    for (let m = 1; m < 1 << sets; ++m) if ((m & mask) === mask) sum += sizes[m];
    return sum;
  };
  const radii = Array.from({ length: sets }, (_, k) => Math.sqrt(total(1 << k) / Math.PI));
  const apart = (a: number, b: number) =>
    distanceFor(radii[a], radii[b], total((1 << a) | (1 << b)));
  const circle = (k: number, x: number, y: number): VennShape => ({
    x,
    y,
    rx: radii[k],
    ry: radii[k],
    turn: 0,
  });
  if (sets === 1) return { shapes: [circle(0, 0, 0)], proportional: true };
  if (sets === 2)
    return { shapes: [circle(0, 0, 0), circle(1, apart(0, 1), 0)], proportional: true };
  const start = [apart(0, 1), apart(0, 2), apart(1, 2)];
  const largest = Math.max(...radii);
  const loss = (sides: readonly number[]) => {
    if (sides.some((side) => !(side >= 0))) return Infinity;
    const centers = corners(sides);
    if (!centers) return Infinity;
    const areas = regionAreas(centers, radii);
    let sum = 0;
    for (let mask = 1; mask < 8; ++mask) sum += (areas[mask] - sizes[mask]) ** 2;
    return sum;
  };
  const fitted = corners(start)
    ? nelderMead(loss, start, largest * 0.15)
    : nelderMead(loss, widen(start), largest * 0.15);
  const centers = corners(fitted) ?? corners(widen(fitted))!;
  return { shapes: centers.map(([x, y], k) => circle(k, x, y)), proportional: true };
}

/** Sides that make a triangle: the longest is cut to the sum of the others. */
function widen(sides: readonly number[]): number[] {
  const most = Math.max(...sides);
  const at = sides.indexOf(most);
  const rest = sides.reduce((sum, side) => sum + side, 0) - most;
  return sides.map((side, i) => (i === at ? Math.min(side, rest * 0.999) : side));
}

/** Three points at the given distances 01, 02, 12; null where there is no such triangle. */
function corners([ab, ac, bc]: readonly number[]): [number, number][] | null {
  if (ab > ac + bc + 1e-9 || ac > ab + bc + 1e-9 || bc > ab + ac + 1e-9) return null;
  if (ab === 0)
    return [
      [0, 0],
      [0, 0],
      [0, ac],
    ];
  const x = (ac * ac - bc * bc + ab * ab) / (2 * ab);
  return [
    [0, 0],
    [ab, 0],
    [x, Math.sqrt(Math.max(0, ac * ac - x * x))],
  ];
}

/** The area that two circles share. */
export function lensArea(a: number, b: number, d: number): number {
  if (d >= a + b) return 0;
  if (d <= Math.abs(a - b)) return Math.PI * Math.min(a, b) ** 2;
  const u = (d * d + a * a - b * b) / (2 * d * a);
  const v = (d * d + b * b - a * a) / (2 * d * b);
  const w = (-d + a + b) * (d + a - b) * (d - a + b) * (d + a + b);
  return a * a * Math.acos(u) + b * b * Math.acos(v) - Math.sqrt(Math.max(0, w)) / 2;
}

/** How far apart circles of radii a and b share `area`. Apart by a gap where they share none, nested with one where one holds the other. */
export function distanceFor(a: number, b: number, area: number): number {
  const gap = 0.06 * Math.min(a, b);
  if (area <= 0) return a + b + gap;
  if (area >= Math.PI * Math.min(a, b) ** 2 * (1 - 1e-9)) return Math.max(0, Math.abs(a - b) - gap);
  let low = Math.abs(a - b);
  let high = a + b;
  for (let i = 0; i < 60; ++i) {
    const middle = (low + high) / 2;
    if (lensArea(a, b, middle) > area) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Areas of the seven regions of three circles, by mask. */
export function regionAreas(
  centers: readonly (readonly [number, number])[],
  radii: readonly number[],
): number[] {
  const pair = (i: number, j: number) =>
    lensArea(
      radii[i],
      radii[j],
      Math.hypot(centers[i][0] - centers[j][0], centers[i][1] - centers[j][1]),
    );
  const all = sharedByThree(centers, radii);
  const [ab, ac, bc] = [pair(0, 1), pair(0, 2), pair(1, 2)];
  const [a, b, c] = radii.map((r) => Math.PI * r * r);
  return [
    0,
    a - ab - ac + all,
    b - ab - bc + all,
    ab - all,
    c - ac - bc + all,
    ac - all,
    bc - all,
    all,
  ];
}

/** What three circles share: the polygon of the crossings inside all of them, and a segment of a circle on each side. */
function sharedByThree(
  centers: readonly (readonly [number, number])[],
  radii: readonly number[],
): number {
  const inside = (x: number, y: number, skip: readonly number[]) =>
    centers.every(
      ([cx, cy], k) => skip.includes(k) || Math.hypot(x - cx, y - cy) <= radii[k] + 1e-12,
    );
  const points: { x: number; y: number; on: [number, number] }[] = [];
  for (let i = 0; i < 3; ++i)
    for (let j = i + 1; j < 3; ++j)
      for (const [x, y] of crossings(centers[i], radii[i], centers[j], radii[j]))
        if (inside(x, y, [i, j])) points.push({ x, y, on: [i, j] });
  if (points.length < 2) {
    const smallest = radii.indexOf(Math.min(...radii));
    const [x, y] = centers[smallest];
    const held = centers.every(
      ([cx, cy], k) =>
        k === smallest || Math.hypot(x - cx, y - cy) <= radii[k] - radii[smallest] + 1e-12,
    );
    return held ? Math.PI * radii[smallest] ** 2 : 0;
  }
  const mx = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const my = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  points.sort((a, b) => Math.atan2(a.y - my, a.x - mx) - Math.atan2(b.y - my, b.x - mx));
  let area = 0;
  points.forEach((p, k) => {
    const q = points[(k + 1) % points.length];
    area += (p.x * q.y - q.x * p.y) / 2;
    const chord = Math.hypot(q.x - p.x, q.y - p.y);
    let least = Infinity;
    for (const circle of p.on.filter((c) => q.on.includes(c))) {
      const r = radii[circle];
      const [cx, cy] = centers[circle];
      const half = Math.min(1, chord / (2 * r));
      const angle = 2 * Math.asin(half);
      // The arc from p to q runs counter-clockwise; past half a turn where the centre is on its outer side.
      const outer = (q.x - p.x) * (cy - p.y) - (q.y - p.y) * (cx - p.x) < 0;
      const turn = outer ? 2 * Math.PI - angle : angle;
      least = Math.min(least, ((turn - Math.sin(turn)) * r * r) / 2);
    }
    if (least < Infinity) area += least;
  });
  return area;
}

function crossings(
  [ax, ay]: readonly [number, number],
  a: number,
  [bx, by]: readonly [number, number],
  b: number,
): [number, number][] {
  const d = Math.hypot(bx - ax, by - ay);
  if (d > a + b || d < Math.abs(a - b) || d === 0) return [];
  const along = (a * a - b * b + d * d) / (2 * d);
  const off = Math.sqrt(Math.max(0, a * a - along * along));
  const [ux, uy] = [(bx - ax) / d, (by - ay) / d];
  const [px, py] = [ax + along * ux, ay + along * uy];
  return [
    [px - off * uy, py + off * ux],
    [px + off * uy, py - off * ux],
  ];
}

/** Minimises a function by Nelder and Mead's simplex (Comput J 1965;7:308). */
function nelderMead(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  step: number,
): number[] {
  const n = start.length;
  const at = (x: number[]) => ({ x, f: f(x) });
  let simplex = [
    at([...start]),
    ...start.map((_, i) => at(start.map((v, j) => (i === j ? v + step : v)))),
  ];
  for (let round = 0; round < 300; ++round) {
    simplex.sort((a, b) => a.f - b.f || 0);
    const worst = simplex[n];
    if (simplex[0].f === 0 || worst.f - simplex[0].f < 1e-12 * (1 + simplex[0].f)) break;
    const center = start.map((_, j) => simplex.slice(0, n).reduce((sum, p) => sum + p.x[j], 0) / n);
    const along = (t: number) => at(center.map((c, j) => c + t * (worst.x[j] - c)));
    const reflected = along(-1);
    if (reflected.f < simplex[0].f) {
      const expanded = along(-2);
      simplex[n] = expanded.f < reflected.f ? expanded : reflected;
    } else if (reflected.f < simplex[n - 1].f) simplex[n] = reflected;
    else {
      const contracted = along(reflected.f < worst.f ? -0.5 : 0.5);
      if (contracted.f < Math.min(reflected.f, worst.f)) simplex[n] = contracted;
      else {
        const best = simplex[0].x;
        simplex = simplex.map((p, i) => (i ? at(p.x.map((v, j) => (v + best[j]) / 2)) : p));
      }
    }
  }
  return simplex.sort((a, b) => a.f - b.f)[0].x;
}

const four: readonly VennShape[] = [
  { x: -0.62, y: 0.18, rx: 1.26, ry: 0.76, turn: Math.PI / 4 },
  { x: -0.2, y: -0.2, rx: 1.26, ry: 0.76, turn: Math.PI / 4 },
  { x: 0.2, y: -0.2, rx: 1.26, ry: 0.76, turn: -Math.PI / 4 },
  { x: 0.62, y: 0.18, rx: 1.26, ry: 0.76, turn: -Math.PI / 4 },
];

/* Offset and form were searched for the largest smallest region. */
const five: readonly VennShape[] = Array.from({ length: 5 }, (_, k) => {
  const turn = -Math.PI / 2 + (k * 2 * Math.PI) / 5;
  return {
    x: 0.35 * Math.cos(turn + 0.225),
    y: 0.35 * Math.sin(turn + 0.225),
    rx: 1,
    ry: 0.4625,
    turn,
  };
});
