import { gzipSync } from "node:zlib";

/** The bytes gzipped at level 9 with neither time nor operating system in the header, so that they depend on zlib alone. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const out = gzipSync(bytes, { level: 9 });
  out.fill(0, 4, 8);
  out[9] = 255;
  return out;
}
