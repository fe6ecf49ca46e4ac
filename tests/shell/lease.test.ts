import { describe, expect, test } from "vitest";
import { takeLease, type Channel } from "../../src/shell/lease.ts";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import { createStore } from "../../src/shell/store.ts";
import { channelHub } from "./support/channels.ts";
import { heldClock, settle } from "./support/clock.ts";
import { lockManager } from "./support/locks.ts";

function browser(withLocks: boolean) {
  const clock = heldClock();
  const store = createStore(memoryShelf());
  const hub = channelHub();
  const locks = withLocks ? lockManager() : undefined;
  const heard: string[] = [];
  const open = async (
    owner: string,
    flush: () => Promise<void> = async () => undefined,
    channel: () => Channel = hub,
  ) => {
    const taking = takeLease({
      store,
      id: "n",
      owner,
      flush,
      clock,
      locks,
      channel,
      onNotice: (notice) => heard.push(`${owner} ${notice}`),
    });
    await clock.pass(700);
    return taking;
  };
  return { clock, store, open, heard };
}

describe.each([
  ["Web Locks", true],
  ["a row with a heartbeat", false],
])("a lease kept by %s", (_name, withLocks) => {
  test("goes to the first tab; the second only reads", async () => {
    const { open } = browser(withLocks);
    const first = await open("first");
    const second = await open("second");
    expect([first.state, second.state]).toEqual(["held", "elsewhere"]);
  });

  test("can be taken over: the first keeps its edits, then loses it at once and is told", async () => {
    const { open, clock } = browser(withLocks);
    const order: string[] = [];
    const first = await open("first", async () => {
      order.push("flushed");
    });
    first.onChange(() => order.push(first.state));
    const second = await open("second");
    order.length = 0;
    const taking = second.takeOver();
    await settle();
    await clock.pass(700);
    await taking;
    expect(second.state).toBe("held");
    await settle();
    expect(first.state).toBe("lost");
    expect(order).toEqual(["flushed", "lost"]);
  });

  test("can be taken back", async () => {
    const { open, clock } = browser(withLocks);
    const first = await open("first");
    const second = await open("second");
    for (const lease of [second, first]) {
      const taking = lease.takeOver();
      await clock.pass(700);
      await taking;
    }
    expect([first.state, second.state]).toEqual(["held", "lost"]);
  });

  test("is free when its tab lets go, and others hear of it", async () => {
    const { open, heard } = browser(withLocks);
    const first = await open("first");
    await open("second");
    await first.release();
    await settle();
    expect(heard).toContain("second released");
    expect((await open("third")).state).toBe("held");
  });

  test("tells readers when something new was kept", async () => {
    const { open, heard } = browser(withLocks);
    const first = await open("first");
    await open("second");
    first.announce();
    await settle();
    expect(heard).toEqual(["second changed"]);
  });
});

describe("without Web Locks", () => {
  const silent = (): Channel => ({ postMessage() {}, addEventListener() {}, close() {} });

  test("a tab that stopped beating loses its lease after seven seconds", async () => {
    const { open, clock, store } = browser(false);
    await store.putLease("n", { owner: "gone", until: clock.now() + 5000 });
    const early = await open("early", undefined, silent);
    expect(early.state).toBe("held");
  });

  test("a living tab keeps beating", async () => {
    const { open, clock, store } = browser(false);
    await open("first");
    await clock.pass(60_000);
    const row = await store.lease("n");
    expect(row?.owner).toBe("first");
    expect(row!.until).toBeGreaterThan(clock.now());
    expect((await open("second")).state).toBe("elsewhere");
  });

  test("a tab that lost its row finds out at the next beat even when it heard nothing", async () => {
    const { open, clock, store } = browser(false);
    const first = await open("first", undefined, silent);
    await store.putLease("n", { owner: "thief", until: clock.now() + 7000 });
    await clock.pass(2500);
    expect(first.state).toBe("lost");
    await clock.pass(10_000);
    expect((await store.lease("n"))?.owner).toBe("thief");
  });

  test("its guard refuses a write after the loss", async () => {
    const { open, clock, store } = browser(false);
    const first = await open("first", undefined, silent);
    await store.putLease("n", { owner: "thief", until: clock.now() + 7000 });
    await expect(store.putLease("x", null, first.guard)).rejects.toThrow("open in another tab");
  });
});
