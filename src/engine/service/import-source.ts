import type { FileRole, ImportFiles, NamedFile } from "../../protocol/import.ts";
import { fromBlob } from "../bytes/from-blob.ts";
import type { ByteSource } from "../bytes/index.ts";
import type { Source } from "./read-experiment.ts";

/** The files in the very shape that the written cell gives them, so that the cell finds what was read here. */
export function importSource(files: ImportFiles): Source {
  const open = ({ name, blob }: NamedFile): ByteSource => fromBlob(blob, name);
  const given = (Object.keys(files) as FileRole[]).filter((role) => files[role].length > 0);
  if (given.length === 1 && given[0] === "counts" && files.counts.length === 1)
    return open(files.counts[0]);
  return Object.fromEntries(given.map((role) => [role, files[role].map(open)]));
}
