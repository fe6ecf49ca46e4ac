import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { makeTable, type Table } from "../../tables/index.ts";
import { archiveMembers, type ByteSource } from "../bytes/index.ts";
import { firstFew } from "../experiment/report-line.ts";
import { openReader } from "./index.ts";

/**
 * Any table as Arrow: CSV, TSV, XLSX (`sheet` a name or a number from 1), Parquet, Arrow, GMT (`set description gene_id`),
 * GEO's sample descriptions, the obs of an h5ad file (`sheet` "var" for its genes); gzipped, or alone in an archive.
 * Columns of numbers are float64, of true and false bool, others utf8; empty cells and NA are null. Numbers with leading
 * zeros stay text.
 */
export async function readTable(
  source: ByteSource,
  options: { readonly format?: string; readonly sheet?: string | number } = {},
  call: CallOptions = {},
): Promise<Table> {
  const file = await onlyMember(source, call);
  const reader = await openReader(file, options.format, call);
  const sheet = await reader.readSheet(file, call, { sheet: options.sheet });
  return makeTable(sheet.names.map((name) => [name, sheet.typed(name)] as const));
}

async function onlyMember(source: ByteSource, call: CallOptions): Promise<ByteSource> {
  const members = await archiveMembers(source, call);
  if (members === null) return source;
  const files = members.filter(({ name }) => !/(^|\/)(\.|__MACOSX\/)/.test(name));
  if (files.length === 1) return files[0];
  throw readError(`an archive of ${files.length} files is no table: ${source.name}`, {
    file: source.name,
    expected: "one file in it",
    help: `It holds ${firstFew(files.map(({ name }) => name)) || "nothing"}: unpack it and open one.`,
  });
}
