import { expect, test } from "vitest";
import { ascendingOrder } from "../../../src/engine/kernels/ascending-order.ts";
import { interpolator } from "../../../src/engine/kernels/interpolate.ts";
import { seeded } from "../../support/random.ts";

test.each([0, 1, 50, 5000])("%i values are ordered as by comparing", (n) => {
  const random = seeded(n);
  const odd = [NaN, Infinity, -Infinity, 0, -0, 5e-324, -5e-324, 1, 1];
  const values = Float64Array.from({ length: n }, () => {
    const r = random();
    if (r < 0.2) return odd[Math.floor(random() * odd.length)];
    return (random() - 0.5) * 10 ** (r < 0.6 ? 2 : 600 * random() - 300);
  });
  const rank = (i: number) => (Number.isNaN(values[i]) ? 1 : 0);
  const expected = [...values.keys()].sort((a, b) =>
    values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : rank(a) - rank(b) || a - b,
  );
  expect([...ascendingOrder(values)]).toEqual(expected);
});

test("interpolation finds its interval wherever points crowd, and ends beyond them", () => {
  const random = seeded(3);
  const x = Float64Array.from({ length: 300 }, () => random() ** 9).sort();
  const y = x.map((_, i) => i);
  const at = interpolator(x, y);
  for (let k = 0; k < 2000; ++k) {
    const t = k < 300 ? x[k] : random() ** (1 + (k % 9));
    const i = x.findLastIndex((value) => value <= t);
    const share = (t - x[i]) / (x[i + 1] - x[i]);
    expect(at(t)).toBe(i < 0 ? 0 : i === 299 ? 299 : i + share * (i + 1 - i));
  }
  expect([at(-1), at(2), at(NaN)]).toEqual([0, 299, 0]);
  expect(interpolator(Float64Array.of(2), Float64Array.of(7))(5)).toBe(7);
});
