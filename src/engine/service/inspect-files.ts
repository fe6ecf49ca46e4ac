import { isAbortError, toPlain } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { InspectedFile, NamedFile } from "../../protocol/import.ts";
import type { ByteSource } from "../bytes/index.ts";
import { fromBlob } from "../bytes/from-blob.ts";
import type { Look, Reading } from "../reading/index.ts";
import { guessRoles } from "./guess-roles.ts";

const shownRows = 8;
const shownColumns = 12;
const longestField = 80;

/** What each file is taken for, with its first rows and the role that it seems to have beside the others. */
export async function inspectFiles(
  reading: Reading,
  files: readonly NamedFile[],
  call: CallOptions = {},
): Promise<InspectedFile[]> {
  const looks: Look[] = [];
  for (const { name, blob } of files) {
    call.onProgress?.({ label: `Looking at ${name}`, done: looks.length, total: files.length });
    looks.push(await look(reading, fromBlob(blob, name), call.signal));
    throwIfAborted(call.signal);
  }
  const roles = guessRoles(looks);
  return looks.map((look, i) => ({
    format: look.format,
    label: look.label,
    role: roles[i],
    head:
      look.rows.length === 0
        ? null
        : {
            columns: look.names.slice(0, shownColumns).map(short),
            width: look.names.length,
            rows: look.rows
              .slice(0, shownRows)
              .map((row) => row.slice(0, shownColumns).map((text) => text && short(text))),
          },
    names: look.names.length > 200 ? [] : look.names,
    sheets: look.sheets,
    problem: look.problem,
  }));
}

/** A file whose reader had to be ended is told like any other that can't be read. */
async function look(reading: Reading, source: ByteSource, signal?: AbortSignal): Promise<Look> {
  try {
    return await reading.inspect(source, { signal });
  } catch (error) {
    if (isAbortError(error)) throw error;
    const nothing = { format: null, names: [], rows: [], more: false, sheets: false };
    return { ...nothing, name: source.name, label: "not read here", problem: toPlain(error) };
  }
}

function short(text: string): string {
  return text.length > longestField ? `${text.slice(0, longestField - 1)}…` : text;
}
