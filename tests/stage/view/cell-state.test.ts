import { describe, expect, it } from "vitest";
import {
  describeStanding,
  formatElapsed,
  formatTook,
  progressShare,
} from "../../../src/stage/view/cell-state.ts";

const fresh = {
  state: "fulfilled",
  edited: false,
  ran: true,
  progress: null,
  elapsed: 0,
  waits: false,
} as const;

describe("describeStanding", () => {
  it("says nothing of a cell that is up to date", () => {
    expect(describeStanding(fresh)).toBe("");
  });

  it("says what a cell waits for", () => {
    expect(describeStanding({ ...fresh, ran: false, state: "idle" })).toBe("not run");
    expect(describeStanding({ ...fresh, state: "stale" })).toBe("waiting for its inputs");
    expect(describeStanding({ ...fresh, edited: true })).toBe("edited, not run");
    expect(describeStanding({ ...fresh, state: "rejected" })).toBe("failed");
    expect(describeStanding({ ...fresh, state: "rejected", waits: true })).toBe("waits");
  });

  it("tells progress only where the total is known, and time only after a second", () => {
    const pending = { ...fresh, state: "pending" } as const;
    expect(describeStanding(pending)).toBe("running");
    const reading = { label: "reading counts", done: 45, total: 100 };
    expect(describeStanding({ ...pending, progress: reading, elapsed: 999 })).toBe(
      "reading counts 45 %",
    );
    expect(
      describeStanding({ ...pending, progress: { ...reading, total: 0 }, elapsed: 65_000 }),
    ).toBe("reading counts · 1 min 05 s");
  });
});

describe("numbers", () => {
  it("keeps a share within 0 and 1", () => {
    expect(progressShare(null)).toBeNull();
    expect(progressShare({ label: "", done: 5, total: 0 })).toBeNull();
    expect(progressShare({ label: "", done: 5, total: 4 })).toBe(1);
    expect(progressShare({ label: "", done: -1, total: 4 })).toBe(0);
  });

  it("writes times", () => {
    expect(formatElapsed(59_999)).toBe("59 s");
    expect(formatTook(0.2)).toBe("1 ms");
    expect(formatTook(1340)).toBe("1.3 s");
    expect(formatTook(61_000)).toBe("1 min 01 s");
  });
});
