import { decodeField } from "./decode-field.ts";
import type { RecordView } from "./scan-record.ts";

/** The text of field j: quotes taken off and doubled ones made one, spaces around unquoted text taken off. */
export function fieldText(record: RecordView, j: number): string {
  const text = decodeField(record.bytes, record.starts[j], record.ends[j]);
  if (record.quoted[j] === 0) return text.trim();
  return record.quoted[j] === 2 ? text.replaceAll('""', '"') : text;
}
