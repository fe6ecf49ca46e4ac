import { describe, expect, it } from "vitest";
import { shapeMask, stampPoints } from "../../src/stage/charts/point-pixels.ts";
import { insideOf } from "../../src/stage/charts/point-shapes.ts";

const disc = { mask: shapeMask(insideOf(null, 2), 2), color: [200, 40, 20] as const, alpha: 1 };

describe("stampPoints", () => {
  it("paints a disc where the point is, whatever the density, and cuts what lies outside", () => {
    const pixels = new Uint8ClampedArray(20 * 10 * 4);
    stampPoints(pixels, 20, 10, [100 + 5, -50, 100 + 9.9], [50 + 2, 0, 50], [0, 1, 2], [disc], {
      left: 100,
      top: 50,
      density: 2,
    });
    const at = (x: number, y: number) => [
      ...pixels.subarray((y * 20 + x) * 4, (y * 20 + x) * 4 + 4),
    ];
    expect(at(10, 4)).toEqual([200, 40, 20, 255]);
    expect(at(10, 8)).toEqual([0, 0, 0, 0]);
    expect(at(19, 0)[3]).toBeGreaterThan(0);
    const covered = pixels.filter((_, i) => i % 4 === 3).reduce((sum, v) => sum + v, 0);
    expect(covered / 255).toBeGreaterThan(Math.PI * 4 - 1);
  });

  it("lets faint points add up, and solid ones cover", () => {
    const faint = { ...disc, alpha: 0.4 };
    const pixels = new Uint8ClampedArray(9 * 9 * 4);
    const middle = (4 * 9 + 4) * 4;
    stampPoints(pixels, 9, 9, [4.5], [4.5], [0], [faint]);
    expect(pixels[middle + 3]).toBe(102);
    stampPoints(pixels, 9, 9, [4.5], [4.5], [0], [faint]);
    expect(pixels[middle + 3]).toBe(163);
    stampPoints(pixels, 9, 9, [4.5], [4.5], [0], [{ ...disc, color: [0, 0, 255] }]);
    expect([...pixels.subarray(middle, middle + 4)]).toEqual([0, 0, 255, 255]);
  });
});
