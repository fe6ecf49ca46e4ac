/** One way to spoil a file. */
export type Mutation = (bytes: Uint8Array, random: () => number) => Uint8Array;

const below = (random: () => number, n: number) => Math.floor(random() * n);

/** Cut off, bits and bytes changed, sizes made huge, pieces doubled, taken out or swapped, lines shuffled. */
export const mutations: Readonly<Record<string, Mutation>> = {
  truncated: (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  flipped(bytes, random) {
    const out = bytes.slice();
    for (let k = 1 + below(random, 4); k > 0; --k)
      out[below(random, out.length)] ^= 1 << below(random, 8);
    return out;
  },
  replaced(bytes, random) {
    const out = bytes.slice();
    for (let k = 1 + below(random, 8); k > 0; --k)
      out[below(random, out.length)] = below(random, 256);
    return out;
  },
  huge(bytes, random) {
    const out = bytes.slice();
    const at = below(random, out.length);
    const kind = below(random, 3);
    if (kind === 0) out.fill(255, at, at + 4);
    else if (kind === 1) out.set([255, 255, 255, 127].slice(0, out.length - at), at);
    else {
      const digit = out.findIndex((byte, i) => i >= at && byte >= 48 && byte <= 57);
      for (let i = digit; i >= 0 && i < out.length && i < digit + 12; ++i) {
        if (out[i] < 48 || out[i] > 57) break;
        out[i] = 57;
      }
    }
    return out;
  },
  longNumber: (bytes, random) => {
    const at = bytes.findIndex(
      (byte, i) => i >= below(random, bytes.length) && byte >= 48 && byte <= 57,
    );
    const from = at < 0 ? 0 : at;
    return spliced(bytes, from, from, new TextEncoder().encode("99999999999999999999"));
  },
  doubled(bytes, random) {
    const from = below(random, bytes.length);
    const to = from + below(random, Math.min(400, bytes.length - from));
    return spliced(bytes, to, to, bytes.subarray(from, to));
  },
  removed(bytes, random) {
    const from = below(random, bytes.length);
    return spliced(
      bytes,
      from,
      from + 1 + below(random, Math.min(200, bytes.length - from)),
      new Uint8Array(0),
    );
  },
  zeroed(bytes, random) {
    const from = below(random, bytes.length);
    return bytes.slice().fill(0, from, from + 1 + below(random, 64));
  },
  shuffled(bytes, random) {
    const lines = new TextDecoder("latin1").decode(bytes).split("\n");
    for (let k = 0; k < 4; ++k) {
      const [i, j] = [below(random, lines.length), below(random, lines.length)];
      [lines[i], lines[j]] = [lines[j], lines[i]];
    }
    return Uint8Array.from(lines.join("\n"), (c) => c.charCodeAt(0));
  },
  fields(bytes, random) {
    const text = new TextDecoder("latin1").decode(bytes);
    const odd = ["NA", "", '"', "-1", "1e999", "1,5", "\t", "nan", "=1+1", "9".repeat(400), "é"];
    const parts = text.split(/([\t,\n])/);
    const at = 2 * below(random, Math.ceil(parts.length / 2));
    parts[at] = odd[below(random, odd.length)];
    return Uint8Array.from(parts.join(""), (c) => c.charCodeAt(0));
  },
};

function spliced(bytes: Uint8Array, from: number, to: number, insert: Uint8Array): Uint8Array {
  const out = new Uint8Array(from + insert.length + Math.max(0, bytes.length - to));
  out.set(bytes.subarray(0, from));
  out.set(insert, from);
  out.set(bytes.subarray(to), from + insert.length);
  return out;
}
