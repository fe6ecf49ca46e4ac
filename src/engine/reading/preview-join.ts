import type { CallOptions } from "../../base/progress.ts";
import type { ImportOptions, JoinPreview } from "../../protocol/import.ts";
import { archiveMembers, type ByteSource } from "../bytes/index.ts";
import type { Join } from "../intake/index.ts";
import { keyColumn, keyMaker } from "../intake/join-samples.ts";
import { stackSheets } from "../intake/stack-sheets.ts";
import { openReader, type Sheet } from "../readers/index.ts";

const shown = 8;
const named = 50;

/** How sample names meet the sheet's: the names of both sides and what they are compared by, as `intake` compares them. */
export async function previewJoin(
  ids: readonly string[],
  files: readonly ByteSource[],
  options: ImportOptions,
  call: CallOptions = {},
): Promise<JoinPreview> {
  const join: Join = options.join ?? "id";
  const sheets: Sheet[] = [];
  for (const file of files) {
    const only = (await archiveMembers(file, call))?.[0] ?? file;
    sheets.push(await (await openReader(only, undefined, call)).readSheet(only, call));
  }
  const sheet = stackSheets(sheets);
  const plain = keyMaker(join);
  const keys = ids.map(plain);
  const column = keyColumn(
    sheet,
    keys.filter((key) => key !== null),
    plain,
    join,
    options.sampleId,
  );
  const rows = sheet.text(column).filter((text) => text !== null);
  const rowKeys = rows.map(plain);
  const inCounts = new Set(keys);
  const inSheet = new Set(rowKeys);
  const meets = (key: string | null, other: ReadonlySet<string | null>) =>
    key !== null && other.has(key);
  return {
    column,
    counts: ids.slice(0, shown).map((id, i) => ({ id, key: keys[i] })),
    sheet: rows.slice(0, shown).map((id, i) => ({ id, key: rowKeys[i] })),
    matched: keys.filter((key) => meets(key, inSheet)).length,
    aloneInCounts: ids.filter((_, i) => !meets(keys[i], inSheet)).slice(0, named),
    aloneInSheet: rows.filter((_, i) => !meets(rowKeys[i], inCounts)).slice(0, named),
  };
}
