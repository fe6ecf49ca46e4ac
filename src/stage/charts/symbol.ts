import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3";
import type { symbols } from "./colour.ts";

const types = {
  circle: symbolCircle,
  triangle: symbolTriangle,
  square: symbolSquare,
  diamond: symbolDiamond,
  cross: symbolCross,
  star: symbolStar,
  wye: symbolWye,
};

/** The path of a symbol whose area is that of a circle of radius `r`, around the origin. */
export function symbolPath(name: (typeof symbols)[number], r: number): string {
  return symbol(types[name], Math.PI * r * r)()!.replace(/-?\d+\.\d{3,}/g, (d) =>
    String(Math.round(Number(d) * 100) / 100),
  );
}
