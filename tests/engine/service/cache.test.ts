import { describe, expect, it } from "vitest";
import { createCache } from "../../../src/engine/service/cache.ts";

describe("the cache of what was read", () => {
  it("drops what was least recently used when the limit is passed, and says so", async () => {
    const dropped: string[] = [];
    const cache = createCache<string>(10, (value) => dropped.push(value));
    cache.set("a", "A", 4);
    cache.set("b", "B", 4);
    expect(await cache.get("a")).toBe("A");
    cache.set("c", "C", 4);
    expect(dropped).toEqual(["B"]);
    expect([...cache.values()]).toEqual(["A", "C"]);
    expect(cache.bytes).toBe(8);
  });

  it("keeps a value while its key is being found, and gives it to who asks meanwhile", async () => {
    let found: (key: string) => void = () => {};
    let changes = 0;
    const cache = createCache<string>(
      10,
      () => {},
      () => ++changes,
    );
    cache.setLater(new Promise((resolve) => (found = resolve)), "A", 4);
    expect([...cache.values()]).toEqual(["A"]);
    expect(cache.bytes).toBe(4);
    const asked = cache.get("a");
    found("a");
    expect(await asked).toBe("A");
    expect(await cache.get("b")).toBeUndefined();
    expect([...cache.values()]).toEqual(["A"]);
    expect(cache.bytes).toBe(4);
    expect(changes).toBe(2);
  });

  it("forgets a value whose key can't be found", async () => {
    const dropped: string[] = [];
    const cache = createCache<string>(10, (value) => dropped.push(value));
    cache.setLater(Promise.reject(new Error("no such file")), "A", 4);
    expect(await cache.get("a")).toBeUndefined();
    expect(dropped).toEqual(["A"]);
    expect(cache.bytes).toBe(0);
  });
});
