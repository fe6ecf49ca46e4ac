/**
 * The content of one gzip member, inflated by the platform into a buffer of the size that is expected of it. Throws for
 * bytes that are not gzip, fail their checksum, or hold more or less than that.
 */
export async function inflateMember(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(size);
  const decoder = new DecompressionStream("gzip");
  const writer = decoder.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => undefined);
  const reader = decoder.readable.getReader();
  let n = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (n + value.length > size)
        throw new RangeError(`more than ${size} bytes: ${source(bytes)}`);
      out.set(value, n);
      n += value.length;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  await written;
  if (n < size) throw new RangeError(`less than ${size} bytes: ${source(bytes)}`);
  return out;
}

function source(bytes: Uint8Array): string {
  return `a gzip member of ${bytes.length}`;
}
