const table = /* @__PURE__ */ makeTable();

function makeTable(): Int32Array {
  const out = new Int32Array(256);
  for (let i = 0; i < 256; ++i) {
    let c = i;
    for (let k = 0; k < 8; ++k) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    out[i] = c;
  }
  return out;
}

/** CRC-32 (IEEE 802.3) of `bytes`, continued from the value of the bytes before them; unsigned. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before;
  for (let i = 0; i < bytes.length; ++i) c = table[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}
