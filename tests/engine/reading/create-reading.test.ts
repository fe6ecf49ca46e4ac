import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fromBlob } from "../../../src/engine/bytes/index.ts";
import type { WorkerLike } from "../../../src/engine/pool/worker-like.ts";
import { createReading, readHere } from "../../../src/engine/reading/index.ts";
import { columnNames, rows, strings } from "../../../src/tables/index.ts";
import * as made from "../../fixtures/formats.ts";
import { failure } from "../../support/failure.ts";
import { mutations } from "../../support/mutate.ts";
import { nodeReader } from "../../support/node-reader.ts";
import { seeded } from "../../support/random.ts";

const file = (name: string, content: string | Uint8Array) =>
  fromBlob(new Blob([content as Uint8Array<ArrayBuffer>]), name);
const table = "gene_id,s1_x,s2_x\nA,1,2\nB,3,4\n";
const sheet = "name,group\ns2,b\ns1,a\n";

describe("a reader worker on a thread of its own", () => {
  let spawn: () => WorkerLike;
  let started = 0;
  beforeEach(async () => {
    started = 0;
    const start = (spawn ??= await nodeReader());
    spawn = start;
  });
  const counted = () => (++started, spawn());

  test("makes the same experiment, table, look and join as reading here", async () => {
    const reading = createReading({ spawn: counted, idle: 0.1 });
    const source = { counts: file("c.csv", table), samples: [file("s.csv", sheet)] };
    const options = { join: { strip: /_x$/ }, reference: { group: "b" } };
    const near = await readHere.experiment(source, options);
    const told: string[] = [];
    const far = await reading.experiment(source, options, {
      onProgress: ({ label }) => told.push(label),
    });
    expect(far.counts).toEqual(near.counts);
    expect([rows(far.genes), rows(far.samples)]).toEqual([rows(near.genes), rows(near.samples)]);
    expect({ ...far, genes: 0, samples: 0 }).toEqual({ ...near, genes: 0, samples: 0 });
    expect(strings(far.samples, "group")).toEqual(["a", "b"]);
    expect(columnNames(await reading.table(file("s.csv", sheet)))).toEqual(["name", "group"]);
    const look = await reading.inspect(file("c.csv", table));
    expect(look).toEqual(await readHere.inspect(file("c.csv", table)));
    const ids = ["s1_x", "s2_x"];
    const join = await reading.join(ids, [file("s.csv", sheet)], { join: { strip: /_x$/ } });
    expect(join).toMatchObject({ matched: 2, column: "name" });
    expect(started).toBe(1);
  });

  test("keeps what an error says", async () => {
    const reading = createReading({ spawn: counted, idle: 0.1 });
    const error = await failure(reading.experiment(file("c.csv", "gene_id,s1\nA,1\nB,x\n")));
    expect(error.name).toBe("ReadError");
    expect(error.details).toMatchObject({ file: "c.csv", line: 3, column: 2 });
    const option = { duplicates: "sun" } as unknown as object;
    expect((await failure(reading.experiment(file("c.csv", table), option))).name).toBe(
      "ArgumentError",
    );
  });

  test("reads HDF5 and Parquet", { timeout: 30_000 }, async () => {
    const reading = createReading({ spawn: counted, idle: 0.1 });
    const files = await made.singleFiles();
    for (const name of ["csc.h5ad", "csr.h5ad", "wide.parquet"]) {
      const { counts } = await reading.experiment(file(name, files[name]));
      expect([...counts.values]).toEqual([...made.counts]);
    }
  });

  test("a worker whose library broke off is not asked again", async () => {
    let spawned = 0;
    const ended: number[] = [];
    const reading = createReading({
      idle: 0.1,
      spawn: () => {
        const mine = ++spawned;
        let hear: (event: { data: unknown }) => void = () => undefined;
        return {
          addEventListener: (type: string, listener: never) => {
            if (type === "message") hear = listener;
          },
          postMessage: () => {
            const error = { name: "RuntimeError", message: "memory access out of bounds" };
            const answer =
              mine === 1
                ? { type: "failed", error, trapped: true }
                : { type: "result", result: [mine] };
            setTimeout(() => hear({ data: answer }));
          },
          terminate: () => void ended.push(mine),
        } as unknown as WorkerLike;
      },
    });
    const error = await failure(reading.inspect(file("spoilt.h5", "x")));
    expect(error.name).toBe("ReadError");
    expect(error.details).toMatchObject({ file: "spoilt.h5" });
    expect(ended).toEqual([1]);
    expect(await reading.inspect(file("sound.h5", "x"))).toEqual([2]);
  });

  /** A file on which the HDF5 library never ends. */
  const endless = async () =>
    mutations.zeroed((await made.singleFiles())["csr.h5ad"], seeded(3037));

  test("that never ends is stopped within 200 ms, and the next file is read", async () => {
    const reading = createReading({ spawn: counted, idle: 0.1 });
    await reading.experiment(file("c.csv", table));
    const abort = new AbortController();
    const work = reading.experiment(file("x.h5ad", await endless()), {}, { signal: abort.signal });
    await new Promise((done) => setTimeout(done, 1500));
    const from = performance.now();
    abort.abort();
    await expect(work).rejects.toThrow(/stopped/);
    expect(performance.now() - from).toBeLessThan(200);
    expect((await reading.experiment(file("c.csv", table))).counts.nGenes).toBe(2);
    expect(started).toBe(2);
  });

  test("that never ends is ended by itself, in an error of its file", async () => {
    const reading = createReading({ spawn: counted, silence: 1, idle: 0.1 });
    const error = await failure(reading.experiment(file("x.h5ad", await endless())));
    expect(error.message).toBe("reading does not come to an end: x.h5ad");
    expect(error.details).toMatchObject({
      file: "x.h5ad",
      expected: "a sign of life within 1 s",
    });
  });
});

describe("bounds", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  interface Fake extends WorkerLike {
    readonly sent: unknown[];
    tell(type: string, event: unknown): void;
    ended: boolean;
  }
  function fakes() {
    const all: Fake[] = [];
    const spawn = (): Fake => {
      const listeners: [string, (event: never) => void][] = [];
      const fake: Fake = {
        sent: [],
        ended: false,
        postMessage: (message) => void fake.sent.push(message),
        addEventListener: (type: string, listener: (event: never) => void) =>
          void listeners.push([type, listener]),
        terminate: () => void (fake.ended = true),
        tell: (type, event) =>
          listeners.filter(([t]) => t === type).forEach(([, hear]) => hear(event as never)),
      };
      all.push(fake);
      return fake;
    };
    return { all, spawn };
  }
  const source = () => file("slow.h5", "x");
  const soon = () => vi.advanceTimersByTimeAsync(0);

  test("a worker that lives but does not get on is ended, one that gets on is not", async () => {
    const { all, spawn } = fakes();
    const reading = createReading({ spawn, silence: 5, standstill: 10 });
    const stuck = failure(reading.table(source()));
    const moving = reading.table(source());
    moving.catch(() => undefined);
    await soon();
    for (let second = 0; second < 12; ++second) {
      all[0].tell("message", { data: { type: "alive" } });
      const progress = { label: "Reading", done: second, total: 100 };
      all[1].tell("message", { data: { type: "progress", progress } });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect((await stuck).details.expected).toBe("to get on within 10 s");
    expect(all.map(({ ended }) => ended)).toEqual([true, false]);
  });

  test("a worker that dies is an error of its file", async () => {
    const { all, spawn } = fakes();
    const reading = createReading({ spawn });
    const work = failure(reading.table(source()));
    await soon();
    all[0].tell("error", { message: "out of memory" });
    expect((await work).details).toMatchObject({ file: "slow.h5", cause: "out of memory" });
  });

  test("calls beyond the workers wait, stop while they wait, and idle workers end", async () => {
    const { all, spawn } = fakes();
    const reading = createReading({ spawn, size: 1, idle: 3 });
    const abort = new AbortController();
    const first = failure(reading.table(source()));
    const second = reading.inspect(source(), { signal: abort.signal });
    second.catch(() => undefined);
    const third = failure(reading.table(source()));
    await soon();
    expect(all[0].sent).toHaveLength(1);
    abort.abort();
    await expect(second).rejects.toThrow(/stopped/);
    const error = { name: "ReadError", message: "no", details: { file: "slow.h5" } };
    all[0].tell("message", { data: { type: "failed", error } });
    expect((await first).message).toBe("no");
    await soon();
    expect(all[0].sent).toHaveLength(2);
    all[0].tell("message", { data: { type: "failed", error } });
    await third;
    expect(all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(4000);
    expect(all[0].ended).toBe(true);
  });
});
