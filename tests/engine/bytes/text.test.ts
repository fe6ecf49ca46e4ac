import { createHash } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fromBlob,
  fromBytes,
  isByteSource,
  sha256,
  textLines,
  utf8Stream,
} from "../../../src/engine/bytes/index.ts";
import { failure } from "../../support/failure.ts";
import { textSource, trickling } from "../../support/sources.ts";

async function lines(source: Parameters<typeof textLines>[0]): Promise<string[]> {
  const all: string[] = [];
  for await (const block of textLines(source)) all.push(...block);
  return all;
}

const utf16 = (text: string, little: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return new Uint8Array(little ? bytes : bytes.swap16());
};

describe("textLines", () => {
  test("LF, CRLF, CR, with and without a last one", async () => {
    for (const text of ["a\nbé\n\nd", "a\r\nbé\r\n\r\nd\r\n", "a\rbé\r\rd\r"])
      for (const size of [1, 2, 3, 1000])
        expect(
          await lines(trickling(textSource(text), size)),
          JSON.stringify([text, size]),
        ).toEqual(["a", "bé", "", "d"]);
    expect(await lines(textSource(""))).toEqual([]);
  });

  test("byte order marks: UTF-8 and both UTF-16", async () => {
    const text = "gène\t1\r\n𝛼\t2\n";
    for (const bytes of [
      new TextEncoder().encode(`\ufeff${text}`),
      utf16(text, true),
      utf16(text, false),
    ])
      for (const size of [1, 3, 1000])
        expect(await lines(trickling(textSource(bytes), size))).toEqual(["gène\t1", "𝛼\t2"]);
  });

  test("inflates gzip", async () => {
    expect(await lines(textSource("a\nb\n", "x.txt.gz"))).toEqual(["a", "b"]);
  });
});

test("utf8Stream passes short and empty texts", async () => {
  for (const bytes of [[], [65], [65, 66], [0xef, 0xbb, 0xbf], [0xff, 0xfe, 65, 0]]) {
    const stream = utf8Stream(fromBytes(Uint8Array.from(bytes)).stream());
    const out: number[] = [];
    for await (const part of stream as unknown as AsyncIterable<Uint8Array>) out.push(...part);
    expect(out).toEqual(bytes.length < 3 ? bytes : bytes.length === 4 ? [65] : []);
  }
});

describe("sources", () => {
  test("read any range and stream all, from bytes and blobs", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    for (const source of [fromBytes(bytes, "x"), fromBlob(new File([bytes], "x"))]) {
      expect(isByteSource(source)).toBe(true);
      expect([source.name, source.size]).toEqual(["x", 1000]);
      expect(await source.read(10, 5)).toEqual(bytes.subarray(10, 15));
      expect(await source.read(998, 100)).toEqual(bytes.subarray(998));
      const parts: Uint8Array[] = [];
      for await (const part of source.stream() as unknown as AsyncIterable<Uint8Array>)
        parts.push(part);
      expect(new Uint8Array(Buffer.concat(parts))).toEqual(bytes);
      const stop = AbortSignal.abort();
      await expect(source.read(0, 1, { signal: stop })).rejects.toMatchObject({
        name: "AbortError",
      });
    }
    expect(isByteSource({ name: "x" })).toBe(false);
  });

  test("a blob that can't be read is a ReadError", async () => {
    const blob = new File(["abc"], "gone.csv");
    const gone = () => Promise.reject(new DOMException("gone", "NotReadableError"));
    vi.spyOn(blob, "slice").mockReturnValue({ arrayBuffer: gone } as unknown as Blob);
    const error = await failure(fromBlob(blob).read(0, 1));
    expect(error.message).toBe("file can't be read: gone.csv");
  });
});

describe("sha256", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("with and without crypto.subtle", async () => {
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7) % 256);
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect(await sha256(fromBytes(bytes))).toBe(expected);
    vi.stubGlobal("crypto", {});
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }) => void seen.push(done);
    expect(await sha256(fromBytes(bytes), { onProgress })).toBe(expected);
    expect(seen.at(-1)).toBe(1_000_000);
    const signal = AbortSignal.abort();
    await expect(sha256(fromBytes(bytes), { signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
