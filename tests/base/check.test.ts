import { describe, expect, it } from "vitest";
import { nearestName } from "../../src/base/check.ts";

describe("nearestName", () => {
  it("finds a slip of the finger, whatever the case", () => {
    expect(nearestName("donr", ["sample_id", "donor"])).toBe("donor");
    expect(nearestName("tisu", ["tissue", "lane"])).toBe("tissue");
    expect(nearestName("Gene", ["gene", "genes"])).toBe("gene");
  });

  it("prefers the nearest", () => {
    expect(nearestName("colour", ["columns", "color"])).toBe("color");
  });

  it("names nothing for a short name that shares next to nothing", () => {
    expect(nearestName("q", ["d", "md"])).toBeUndefined();
    expect(nearestName("fit", ["fx", "svg"])).toBeUndefined();
    expect(nearestName("xx", ["x", "color"])).toBe("x");
  });
});
