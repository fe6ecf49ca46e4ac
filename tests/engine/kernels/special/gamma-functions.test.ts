import { describe, expect, test } from "vitest";
import { digamma } from "../../../../src/engine/kernels/special/digamma.ts";
import { logGamma } from "../../../../src/engine/kernels/special/log-gamma.ts";
import { logNormalTail } from "../../../../src/engine/kernels/special/log-normal-tail.ts";
import { trigamma } from "../../../../src/engine/kernels/special/trigamma.ts";
import { expectClose, golden } from "../../../support/golden.ts";

const file =
  golden<Record<"x" | "logGamma" | "digamma" | "trigamma" | "z" | "logTail", number[]>>(
    "gamma-functions",
  );

describe("log gamma and its derivatives", () => {
  test("agree with R over the range used", () => {
    // Near 1 and 2 R's own has an absolute error of 1e-17.
    expectClose(file.x.map(logGamma), file.logGamma, 1e-12, 2e-17);
    expectClose(file.x.map(digamma), file.digamma, 1e-12, 1e-15);
    expectClose(file.x.map(trigamma), file.trigamma, 1e-12);
  });

  test("have their published values", () => {
    expect(logGamma(1)).toBe(0);
    expect(logGamma(2)).toBe(0);
    expectClose([logGamma(0.5)], [Math.log(Math.PI) / 2], 1e-14);
    expectClose([digamma(1)], [-0.5772156649015329], 1e-14);
    expectClose([trigamma(1), trigamma(0.5)], [Math.PI ** 2 / 6, Math.PI ** 2 / 2], 1e-14);
  });

  test("keep their relative precision at the zeros of log gamma", () => {
    expectClose([logGamma(1 + 1e-9)], [-0.577215664079e-9], 1e-6);
    expectClose([logGamma(2 + 2 ** -30)], [0.42278433509846713 * 2 ** -30], 1e-8);
  });

  test("at their ends", () => {
    for (const f of [logGamma, trigamma]) {
      expect(f(0)).toBe(Infinity);
      expect(f(-1)).toBeNaN();
      expect(f(NaN)).toBeNaN();
    }
    expect(digamma(0)).toBe(-Infinity);
    expect(digamma(-1)).toBeNaN();
    expect(logGamma(Infinity)).toBe(Infinity);
    expect(digamma(Infinity)).toBe(Infinity);
    expect(trigamma(Infinity)).toBe(0);
  });
});

describe("the logarithm of the normal tail", () => {
  test("agrees with R, also where the probability underflows", () => {
    expectClose(file.z.map(logNormalTail), file.logTail, 1e-12, 1e-16);
  });

  test("at its ends", () => {
    expect(logNormalTail(Infinity)).toBe(-Infinity);
    expect(logNormalTail(-Infinity)).toBe(-0);
    expect(logNormalTail(NaN)).toBeNaN();
    expect(logNormalTail(0)).toBe(Math.log(0.5));
  });
});
