import type { CallOptions } from "../../base/progress.ts";
import { makeTable, type Table } from "../../tables/index.ts";
import type { ByteSource } from "../bytes/index.ts";
import { openReader } from "./index.ts";

/**
 * Any table as Arrow, from CSV, TSV or Arrow, gzipped or not: columns of numbers are float64, of true and false bool,
 * others utf8; empty cells and NA are null. Numbers with leading zeros stay text.
 */
export async function readTable(
  source: ByteSource,
  options: { readonly format?: string } = {},
  call: CallOptions = {},
): Promise<Table> {
  const reader = await openReader(source, options.format, call);
  const sheet = await reader.readSheet(source, call);
  return makeTable(sheet.names.map((name) => [name, sheet.typed(name)] as const));
}
