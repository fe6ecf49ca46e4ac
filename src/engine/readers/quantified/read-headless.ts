import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { utf8Stream, openStream, type ByteSource } from "../../bytes/index.ts";
import { fieldText } from "../delimited/field-text.ts";
import { malformed, newRecord, scanRecord, type RecordView } from "../delimited/scan-record.ts";
import { pause, throwIfAborted } from "../../../base/progress.ts";

/** A whole count in field j, or a ReadError that names file, line and field. */
export function wholeCount(record: RecordView, j: number, file: string): number {
  const { bytes, starts, ends } = record;
  let value = 0;
  let i = starts[j];
  const end = ends[j];
  for (let c: number; i < end && (c = bytes[i] - 48) >= 0 && c <= 9; ++i) value = value * 10 + c;
  if (i < end && /^\s*\d+\.0*\s*$/.test(fieldText(record, j))) i = end;
  if (i === starts[j] || i < end || value > 0x7fffffff)
    throw readError(`not a count: ${fieldText(record, j).slice(0, 60)}`, {
      file,
      line: record.line,
      column: j + 1,
      expected: "a whole number from 0 to 2147483647",
    });
  return value;
}

/**
 * Hands every record of a table without header to `onRecord`: fields are cut at tabs, every record must have `width` of
 * them. Blank lines are passed over. Streams: never holds more than a block and a record.
 */
export async function readHeadless(
  source: ByteSource,
  widths: readonly number[],
  onRecord: (record: RecordView) => void,
  call: CallOptions = {},
  delimiter = 9,
): Promise<void> {
  const file = source.name;
  const { stream } = await openStream(source, call);
  const reader = utf8Stream(stream).getReader();
  const record = newRecord();
  let held: Uint8Array = new Uint8Array(0);
  let slept = performance.now();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(call.signal);
      let bytes = held;
      if (value !== undefined) {
        bytes = new Uint8Array(held.length + value.length);
        bytes.set(held);
        bytes.set(value, held.length);
      }
      if (bytes.length > 1 << 26)
        throw readError(`a line that never ends: ${file}`, { file, line: record.line });
      record.bytes = bytes;
      let at = 0;
      while (at < bytes.length) {
        const next = scanRecord(record, at, bytes.length, done, delimiter);
        if (next < 0 && (done || next === malformed))
          throw readError(`a quote that does not fit: line ${record.line}`, {
            file,
            line: record.line,
            column: record.n + 1,
          });
        if (next < 0) break;
        if (record.n > 1 || record.ends[0] > record.starts[0]) {
          if (!widths.includes(record.n))
            throw readError(`row has ${record.n} fields: line ${record.line}`, {
              file,
              line: record.line,
              expected: `${widths.join(" or ")} fields`,
              help: "A row may be cut off, or a delimiter missing.",
            });
          onRecord(record);
        }
        record.line += record.height;
        at = next;
      }
      if (done) return;
      held = bytes.subarray(at);
      if (performance.now() - slept > 20) {
        await pause();
        slept = performance.now();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
