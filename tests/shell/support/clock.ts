import type { Clock } from "../../../src/shell/clock.ts";

/** A clock that stands still until it is moved. */
export function heldClock(start = Date.UTC(2026, 0, 1, 12)): Clock & {
  /** Moves time on, runs what falls due, and lets promises settle in between. */
  pass(ms: number): Promise<void>;
} {
  let now = start;
  let next = 1;
  const timers = new Map<number, { at: number; call: () => void }>();
  return {
    now: () => now,
    after(ms, call) {
      const id = next++;
      timers.set(id, { at: now + ms, call });
      return () => timers.delete(id);
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= end);
        if (due.length === 0) break;
        due.sort((a, b) => a[1].at - b[1].at);
        const [id, timer] = due[0];
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.call();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything that waits for IndexedDB or a promise go on. */
export async function settle(rounds = 30): Promise<void> {
  for (let i = 0; i < rounds; ++i) await new Promise((resolve) => setImmediate(resolve));
}
