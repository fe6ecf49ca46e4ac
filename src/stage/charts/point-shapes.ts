import type { Inside } from "./point-pixels.ts";

/** Where a triangle points; null for a round point. */
export type Pointing = "up" | "right" | "down" | "left" | null;

export const pointings: readonly Pointing[] = [null, "up", "right", "down", "left"];

/** The inside of a disc of radius `r`, or of a triangle of about its size that points somewhere. */
export function insideOf(pointing: Pointing, r: number): Inside {
  if (pointing === null) return (x, y) => x * x + y * y < r * r;
  const turn = turnOf(pointing);
  const s = r * 1.25;
  return (x, y) => {
    const [u, v] = turn(x, y);
    return v < s * 0.75 && v > -s * 1.05 && Math.abs(u) < ((v + s * 1.05) / (s * 1.8)) * s * 1.05;
  };
}

/** The same outline as a path around (x, y). */
export function shapePath(pointing: Pointing, x: number, y: number, r: number): string {
  const f = (value: number) => String(Math.round(value * 10) / 10);
  if (pointing === null)
    return `M${f(x - r)},${f(y)}a${f(r)},${f(r)} 0 1,0 ${f(2 * r)},0a${f(r)},${f(r)} 0 1,0 ${f(-2 * r)},0Z`;
  const s = r * 1.25;
  const turn = turnOf(pointing);
  const corners = (
    [
      [0, -s * 1.05],
      [s * 1.05, s * 0.75],
      [-s * 1.05, s * 0.75],
    ] as const
  ).map(([u, v]) => turn(u, v, true));
  return `M${corners.map(([u, v]) => `${f(x + u)},${f(y + v)}`).join("L")}Z`;
}

/** Between the plane and one in which the triangle points up. */
function turnOf(
  pointing: Exclude<Pointing, null>,
): (x: number, y: number, back?: boolean) => [number, number] {
  return (x, y, back = false) => {
    if (pointing === "up") return [x, y];
    if (pointing === "down") return [-x, -y];
    return (pointing === "right") === back ? [-y, x] : [y, -x];
  };
}
