import { gzipSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gzip } from "../../../data/support/gzip.ts";
import { fromBytes, readAll, readPieces } from "../../../src/engine/bytes/index.ts";
import { gzipMembers } from "../../../src/engine/bytes/gzip-members.ts";
import { inflateMember } from "../../../src/engine/pool/inflate-member.ts";
import { seeded } from "../../support/random.ts";

const random = seeded(5);
const content = Uint8Array.from({ length: 20_000_003 }, () => (random() < 0.9 ? 65 : 90));
const packed = gzip(content);
const inflate = async (member: Blob, size: number) =>
  inflateMember(new Uint8Array(await member.arrayBuffer()), size);

async function joined(bytes: Uint8Array, call = { inflate }): Promise<Uint8Array | null> {
  const pieces = await readPieces(fromBytes(bytes, "x.gz"), call);
  return pieces && new Uint8Array(Buffer.concat(pieces.map((piece) => piece.content)));
}

describe("a gzip file that lists its members", () => {
  test("is gzip to everyone else", async () => {
    expect(gunzipSync(packed).equals(content)).toBe(true);
    expect(Buffer.compare(await readAll(fromBytes(packed, "x.gz")), content)).toBe(0);
  });

  test("is inflated member by member, each where it belongs", async () => {
    const members = gzipMembers(packed, packed.length);
    expect(members?.map(({ size }) => size)).toEqual([2 ** 23, 2 ** 23, 20_000_003 - 2 ** 24]);
    expect(Buffer.compare((await joined(packed))!, content)).toBe(0);
  });

  test("lists a single member too", async () => {
    for (const size of [0, 1000, 2 ** 23]) {
      const small = gzip(content.subarray(0, size));
      expect(gunzipSync(small).equals(content.subarray(0, size))).toBe(true);
      expect(gzipMembers(small, small.length)?.map((member) => member.size)).toEqual([size]);
      expect((await joined(small))?.length).toBe(size);
    }
  });

  test.each([
    ["cut off", packed.subarray(0, packed.length - 5)],
    ["with more behind it", new Uint8Array(Buffer.concat([packed, Buffer.from("more")]))],
    ["of another program", new Uint8Array(gzipSync(content.subarray(0, 5000)))],
    ["of which a byte is spoilt", spoilt(packed, packed.length - 100_000)],
    ["whose list claims a size that is not", spoilt(packed, 20)],
    ["whose list claims a length that is not", spoilt(packed, 16)],
  ])("%s is left to the plain way", async (_, bytes) => {
    expect(await joined(bytes)).toBe(null);
  });

  test("stops when told", async () => {
    const stop = new AbortController();
    const call = { inflate, signal: stop.signal };
    const reading = readPieces(fromBytes(packed, "x.gz"), call);
    stop.abort();
    await expect(reading).rejects.toThrow("stopped");
  });
});

function spoilt(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] ^= 0x55;
  return copy;
}
