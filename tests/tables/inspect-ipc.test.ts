import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  inspectIpc,
  looksLikeArrow,
  makeTable,
  tableToBytes,
  utf8,
} from "../../src/tables/index.ts";

const folder = join(import.meta.dirname, "../fixtures/arrow");
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

describe("inspectIpc", () => {
  test("tells files and streams, and counts batches", () => {
    expect(inspectIpc(read("wide.arrow"))).toMatchObject({
      format: "file",
      batches: 1,
      compression: null,
      brokenAt: null,
    });
    expect(inspectIpc(read("wide-batches.arrow"))?.batches).toBe(3);
    expect(inspectIpc(read("wide-stream.arrow"))).toMatchObject({ format: "stream", batches: 2 });
    const own = makeTable({ a: utf8(["x"]) });
    expect(inspectIpc(tableToBytes(own))?.format).toBe("stream");
    expect(inspectIpc(tableToBytes(own, "file"))?.brokenAt).toBeNull();
  });

  test("sees compressed buffers", () => {
    expect(inspectIpc(read("lz4.feather"))?.compression).toBe("lz4");
    expect(inspectIpc(read("zstd.feather"))?.compression).toBe("zstd");
  });

  test("anything else is null", () => {
    expect(inspectIpc(new TextEncoder().encode("gene_id\ts1\n"))).toBeNull();
    expect(inspectIpc(new Uint8Array(0))).toBeNull();
    expect(looksLikeArrow(new Uint8Array([255, 255, 255, 255]))).toBe(false);
  });

  test("a file cut anywhere is broken, and no cut throws", () => {
    const bytes = read("experiment-batches.arrow");
    for (let n = 8; n < bytes.length; ++n)
      expect(inspectIpc(bytes.subarray(0, n))?.brokenAt, `cut at ${n}`).not.toBeNull();
  });

  test("flipped bytes never throw", () => {
    const bytes = read("wide.arrow");
    for (let i = 8; i < bytes.length; ++i) {
      const bad = bytes.slice();
      bad[i] ^= 0xff;
      expect(() => inspectIpc(bad)).not.toThrow();
    }
  });
});
