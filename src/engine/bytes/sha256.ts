import { sha256 as noble } from "@noble/hashes/sha2.js";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "./types.ts";

/** Up to here the platform hashes in one call; beyond, piece by piece, so that memory stays small. */
const whole = 1 << 28;

/**
 * SHA-256 of the bytes at rest (compressed where the file is), in lowercase hexadecimal. Uses crypto.subtle where the
 * page has it (not over http on another address), else an incremental hash in JavaScript.
 */
export async function sha256(source: ByteSource, options: CallOptions = {}): Promise<string> {
  const { signal, onProgress } = options;
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (subtle !== undefined && source.size <= whole) {
    const bytes = await source.read(0, source.size, options);
    const digest = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
    throwIfAborted(signal);
    return hex(new Uint8Array(digest));
  }
  const hash = noble.create();
  const reader = source.stream({ ...options, reuse: true }).getReader();
  let done = 0;
  let last = performance.now();
  try {
    for (;;) {
      const step = await reader.read();
      throwIfAborted(signal);
      if (step.done) return hex(hash.digest());
      hash.update(step.value);
      done += step.value.length;
      onProgress?.({ label: `Checking ${source.name}`, done, total: source.size });
      if (performance.now() - last > 20) {
        await pause();
        last = performance.now();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
