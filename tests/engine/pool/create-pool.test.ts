import { afterEach, describe, expect, test } from "vitest";
import type { Progress } from "../../../src/base/progress.ts";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { createPool, type Pool, type WorkerLike } from "../../../src/engine/pool/index.ts";
import { inProcessWorker } from "../../support/in-process-worker.ts";
import { nodeWorker } from "../../support/node-worker.ts";
import { seeded } from "../../support/random.ts";

const pools: Pool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

/** A pool that is closed after its test, with what was sent to each worker it started. */
function poolOf(size: number, spawn: () => WorkerLike = inProcessWorker) {
  const workers: { sent: { type: string }[]; terminated: boolean; worker: WorkerLike }[] = [];
  const pool = createPool({
    size,
    spawn: () => {
      const worker = spawn();
      const record = { sent: [] as { type: string }[], terminated: false, worker };
      workers.push(record);
      return {
        postMessage(message, transfer) {
          record.sent.push(message as { type: string });
          worker.postMessage(message, transfer);
        },
        addEventListener: worker.addEventListener.bind(worker),
        terminate() {
          record.terminated = true;
          worker.terminate();
        },
      } as WorkerLike;
    },
  });
  pools.push(pool);
  return { pool, workers };
}

function countsOf(nGenes: number, nSamples: number) {
  const random = seeded(nGenes);
  const values = Int32Array.from({ length: nGenes * nSamples }, () => Math.floor(random() * 1000));
  return { values, nGenes, nSamples };
}

const args = { groups: Int32Array.of(0, 1, 0, 1, -1, 0), nGroups: 2, scale: null };
const sentTypes = (sent: { type: string }[]) => sent.map((message) => message.type);

describe("run", () => {
  test.each([1, 2, 3, 7])("gives the same answer with %i workers", async (size) => {
    const counts = countsOf(101, 6);
    const expected = kernels.groupSummary(counts, args);
    expect(await poolOf(size).pool.run("groupSummary", counts, args)).toEqual(expected);
  });
  test("gives the same answer on threads, in slices and from WebAssembly", async () => {
    const counts = countsOf(60_000, 6);
    const progress: Progress[] = [];
    const options = { label: "summing up", onProgress: (p: Progress) => progress.push(p) };
    const { pool } = poolOf(2, nodeWorker);
    expect(await pool.run("groupSummary", counts, args, options)).toEqual(
      kernels.groupSummary(counts, args),
    );
    const done = progress.map((p) => p.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toEqual({ label: "summing up", done: 60_000, total: 60_000 });
  }, 60_000);
  test("takes more workers than genes, and no genes", async () => {
    const { pool } = poolOf(4);
    const one = countsOf(1, 6);
    expect(await pool.run("groupSummary", one, args)).toEqual(kernels.groupSummary(one, args));
    const none = await pool.run("groupSummary", countsOf(0, 6), args);
    expect(none.mean).toEqual(new Float64Array(0));
  });
  test("sends a block once, and again after release", async () => {
    const { pool, workers } = poolOf(2);
    const counts = countsOf(10, 6);
    pool.hold(counts);
    await pool.run("groupSummary", counts, args);
    await pool.run("geneLogMeans", counts, { zeros: "skip" });
    expect(sentTypes(workers[0].sent)).toEqual(["hold", "run", "run"]);
    pool.release(counts);
    pool.release(counts);
    await pool.run("groupSummary", counts, args);
    for (const { sent } of workers)
      expect(sentTypes(sent)).toEqual(["hold", "run", "run", "release", "hold", "run"]);
    expect(counts.values.length).toBe(60);
  });
  test("finishes on a block that is released meanwhile", async () => {
    const { pool } = poolOf(2);
    const counts = countsOf(40_000, 6);
    const running = pool.run("groupSummary", counts, args);
    pool.release(counts);
    expect(await running).toEqual(kernels.groupSummary(counts, args));
  });
  test("rejects with the kernel's own error", async () => {
    const wrong = { ...args, groups: Int32Array.of(0) };
    const error = await failure(poolOf(2).pool.run("groupSummary", countsOf(10, 6), wrong));
    expect(error).toMatchObject({ name: "RangeError", message: "groups for 1 samples, not 6" });
  });
  test("rejects with a work error for a kernel that isn't there", async () => {
    const { pool } = poolOf(1);
    const call = pool.call as (kernel: string, args: unknown) => Promise<unknown>;
    expect(await failure(call("toString", null))).toMatchObject({
      name: "WorkError",
      message: "no such kernel: toString",
    });
  });
  test("two runs at once both finish", async () => {
    const { pool } = poolOf(2);
    const a = countsOf(30_000, 6);
    const b = countsOf(20, 6);
    const [big, small] = await Promise.all([
      pool.run("groupSummary", a, args),
      pool.run("groupSummary", b, args),
    ]);
    expect(big).toEqual(kernels.groupSummary(a, args));
    expect(small).toEqual(kernels.groupSummary(b, args));
  });
});

describe("a stop", () => {
  test("before the call rejects and sends nothing", async () => {
    const { pool, workers } = poolOf(2);
    const signal = AbortSignal.abort();
    expect(await failure(pool.run("groupSummary", countsOf(9, 6), args, { signal }))).toMatchObject(
      {
        name: "AbortError",
      },
    );
    expect(workers.length).toBe(0);
  });
  test("between slices leaves the worker and its blocks", async () => {
    const { pool, workers } = poolOf(1);
    const counts = countsOf(100_000, 6);
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    const run = pool.run("groupSummary", counts, args, { signal: stop.signal, onProgress });
    expect(await failure(run)).toMatchObject({ name: "AbortError" });
    await wait(250);
    expect(workers.map((w) => w.terminated)).toEqual([false]);
    await pool.run("groupSummary", counts, args);
    expect(sentTypes(workers[0].sent)).toEqual(["hold", "run", "cancel", "run"]);
  });
  test("cuts a whole task that does not hear, and lets the others start again", async () => {
    const { pool, workers } = poolOf(1, nodeWorker);
    const counts = countsOf(50, 6);
    await pool.run("groupSummary", counts, args);
    const stop = new AbortController();
    const n = 9000;
    const random = seeded(1);
    const long = pool.call(
      "hclust",
      {
        values: Float64Array.from({ length: n * 4 }, () => random()),
        nRows: n,
        nColumns: 4,
        distance: "euclidean",
        linkage: "average",
      },
      { signal: stop.signal },
    );
    await wait(400);
    const waiting = pool.run("groupSummary", counts, args);
    const start = performance.now();
    stop.abort();
    expect(await failure(long)).toMatchObject({ name: "AbortError" });
    expect(performance.now() - start).toBeLessThan(100);
    expect(await waiting).toEqual(kernels.groupSummary(counts, args));
    expect(workers.map((w) => w.terminated)).toEqual([true, false]);
    expect(sentTypes(workers[1].sent)).toEqual(["hold", "run"]);
  }, 60_000);
  test("of a task that waits leaves the one before it alone", async () => {
    const { pool, workers } = poolOf(1, nodeWorker);
    const random = seeded(2);
    const tree = (nRows: number) => ({
      values: Float64Array.from({ length: nRows * 4 }, () => random()),
      nRows,
      nColumns: 4,
      distance: "euclidean" as const,
      linkage: "average" as const,
    });
    const first = pool.call("hclust", tree(4000));
    const stop = new AbortController();
    const second = failure(pool.call("hclust", tree(3), { signal: stop.signal }));
    stop.abort();
    expect(await second).toMatchObject({ name: "AbortError" });
    expect((await first).height.length).toBe(3999);
    expect(workers.map((w) => w.terminated)).toEqual([false]);
  }, 60_000);
});

describe("call", () => {
  test("runs a whole kernel on the least busy worker", async () => {
    const { pool, workers } = poolOf(2);
    const args = { zeros: "drop" } as const;
    const tree = {
      values: Float64Array.of(0, 1, 5),
      nRows: 3,
      nColumns: 1,
      distance: "euclidean",
      linkage: "single",
    } as const;
    const [, result] = await Promise.all([
      pool.run("geneLogMeans", countsOf(1, 6), args),
      pool.call("hclust", tree),
    ]);
    expect([...result.height]).toEqual([1, 4]);
    expect(sentTypes(workers[1].sent)).toEqual(["call"]);
  });
});

describe("a worker", () => {
  test("without WebAssembly uses the TypeScript kernels", async () => {
    const none = () => inProcessWorker(() => Promise.reject(new Error("no WebAssembly")));
    const counts = countsOf(9, 6);
    expect(await poolOf(2, none).pool.run("groupSummary", counts, args)).toEqual(
      kernels.groupSummary(counts, args),
    );
  });
  test("that can't be sent its arguments rejects the call", async () => {
    const { pool } = poolOf(2);
    const wrong = { ...args, onGene() {} };
    expect(await failure(pool.run("groupSummary", countsOf(9, 6), wrong))).toMatchObject({
      name: "DataCloneError",
    });
    expect((await pool.run("groupSummary", countsOf(9, 6), args)).mean.length).toBe(18);
  });
});

describe("a worker that dies", () => {
  test("rejects its calls and is replaced", async () => {
    const listeners = new Map<string, (event: { message: string }) => void>();
    let spawned = 0;
    const { pool } = poolOf(1, () =>
      ++spawned > 1
        ? inProcessWorker()
        : ({
            postMessage() {},
            addEventListener: (type: string, listener: never) => listeners.set(type, listener),
            terminate() {},
          } as WorkerLike),
    );
    const counts = countsOf(5, 6);
    const lost = failure(pool.run("groupSummary", counts, args));
    listeners.get("error")!({ message: "out of memory" });
    expect(await lost).toMatchObject({
      name: "WorkError",
      message: "a kernel worker died: out of memory",
    });
    expect(await pool.run("groupSummary", counts, args)).toEqual(
      kernels.groupSummary(counts, args),
    );
    expect(spawned).toBe(2);
  });
  test("closing the pool rejects what is under way", async () => {
    const { pool } = poolOf(2);
    const run = failure(pool.run("groupSummary", countsOf(5, 6), args));
    pool.close();
    expect(await run).toMatchObject({ message: "the pool is closed" });
    expect(await failure(pool.call("pca", {} as never))).toMatchObject({
      message: "the pool is closed",
    });
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise.then((value) => expect.fail(`resolved: ${String(value)}`));
  } catch (error) {
    return error;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
