import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { fromBlob, fromBytes, gunzip, readAll, readHead } from "../../../src/engine/bytes/index.ts";
import { inflateMembers } from "../../../src/engine/bytes/inflate-members.ts";
import { trickling } from "../../support/sources.ts";
import { failure } from "../../support/failure.ts";

const text = (n: number, seed = 7) => {
  let state = seed;
  return Uint8Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 65 + (state >>> 29);
  });
};
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Blocks as bgzip writes them: an extra field BC with the block's size, and an empty one at the end. */
function bgzip(bytes: Uint8Array, size: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at <= bytes.length; at += size) {
    const plain = gz(bytes.subarray(at, at + size));
    const block = new Uint8Array(plain.length + 8);
    block.set(plain.subarray(0, 10));
    block[3] |= 4;
    block.set([6, 0, 66, 67, 2, 0], 10);
    new DataView(block.buffer).setUint16(16, block.length - 1, true);
    block.set(plain.subarray(10), 18);
    blocks.push(block);
  }
  return join(...blocks);
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part.slice());
  return join(...all);
}

const slow = (bytes: Uint8Array) =>
  collect(inflateMembers(fromBytes(bytes, "x.gz").stream(), "x.gz"));

describe("gunzip", () => {
  const a = text(300_000);
  const b = text(70_000, 3);

  test("one member, by both decoders", async () => {
    expect(Buffer.compare(await readAll(fromBytes(gz(a), "a.gz")), a)).toBe(0);
    expect(Buffer.compare(await slow(gz(a)), a)).toBe(0);
    expect(Buffer.compare(await slow(gz(new Uint8Array(0))), new Uint8Array(0))).toBe(0);
  });

  test("several members and padding of zeros", async () => {
    for (const bytes of [join(gz(a), gz(b)), join(gz(a), gz(new Uint8Array(0)), gz(b))]) {
      expect(Buffer.compare(await readAll(fromBytes(bytes, "a.gz")), join(a, b))).toBe(0);
      expect(Buffer.compare(await slow(bytes), join(a, b))).toBe(0);
    }
    expect(Buffer.compare(await slow(join(gz(a), new Uint8Array(100))), a)).toBe(0);
    expect(Buffer.compare(await slow(join(gz(a), gz(b), new Uint8Array(40_000))), join(a, b))).toBe(
      0,
    );
  });

  test("bgzip", async () => {
    const bytes = bgzip(a, 60_000);
    expect(
      Buffer.compare(
        await readAll(fromBlob(new Blob([bytes as Uint8Array<ArrayBuffer>]), "a.gz")),
        a,
      ),
    ).toBe(0);
  });

  test("a gz that is not", async () => {
    const error = await failure(readAll(fromBytes(text(100), "counts.tsv.gz")));
    expect(error.name).toBe("ReadError");
    expect(error.message).toBe("not a gzip file: counts.tsv.gz");
    expect(error.details).toMatchObject({ file: "counts.tsv.gz", offset: 0 });
  });

  test("a truncated gz names where it ends, wherever it is cut", async () => {
    const whole = gz(a);
    for (const n of [2, 9, 11, 5000, whole.length - 9, whole.length - 8, whole.length - 1]) {
      const error = await failure(readAll(fromBytes(whole.subarray(0, n), "a.gz")));
      expect(error.name, `cut at ${n}`).toBe("ReadError");
      expect(error.details.offset, `cut at ${n}`).toBeGreaterThan(0);
      expect(error.details.offset).toBeLessThanOrEqual(n);
    }
  });

  test("a damaged member is not taken", async () => {
    const whole = join(gz(a), gz(b));
    for (const at of [100, 50_000, gz(a).length - 6, whole.length - 6, whole.length - 2]) {
      const bad = whole.slice();
      bad[at] ^= 0x55;
      expect((await failure(readAll(fromBytes(bad, "a.gz")))).name, `byte ${at}`).toBe("ReadError");
    }
    const garbage = join(gz(a), new TextEncoder().encode("garbage after the end"));
    expect((await failure(readAll(fromBytes(garbage, "a.gz")))).name).toBe("ReadError");
  });

  test("a bomb's claimed size is not believed", async () => {
    const liar = gz(text(100));
    new DataView(liar.buffer).setUint32(liar.length - 4, 0xffffffff, true);
    expect((await failure(readAll(fromBytes(liar, "a.gz")))).name).toBe("ReadError");
  });

  test("progress counts compressed bytes, an abort ends it", async () => {
    const whole = gz(text(3_000_000));
    const seen: number[] = [];
    await readAll(fromBytes(whole, "a.gz"), {
      onProgress: ({ done, total }) => {
        expect(total).toBe(whole.length);
        seen.push(done);
      },
    });
    expect(seen.at(-1)).toBe(whole.length);
    const stop = new AbortController();
    const reading = readAll(fromBytes(whole, "a.gz"), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  test("the head of a gz needs no more than the head", async () => {
    const source = fromBytes(gz(text(3_000_000)), "a.gz");
    expect(await readHead(source, 100)).toEqual(text(100));
    expect(await readHead(fromBytes(text(10), "a"), 100)).toEqual(text(10));
  });

  test("cancelling lets go of the source", async () => {
    let cancelled = false;
    const source = trickling(fromBytes(gz(text(3_000_000)), "a.gz"), 1000);
    const watched = {
      ...source,
      stream: () => {
        const reader = source.stream().getReader();
        return new ReadableStream<Uint8Array>({
          async pull(controller) {
            const { done, value } = await reader.read();
            if (done) controller.close();
            else controller.enqueue(value);
          },
          cancel: () => void (cancelled = true),
        });
      },
    };
    const reader = gunzip(watched).getReader();
    await reader.read();
    await reader.cancel();
    await vi.waitFor(() => expect(cancelled).toBe(true));
  });
});
