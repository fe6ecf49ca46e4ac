import { readError } from "../../base/errors.ts";
import type { AttachedFile } from "../../protocol/engine.ts";
import { fromBlob } from "../bytes/from-blob.ts";
import type { ByteSource } from "../bytes/types.ts";

/** The files of the open notebook, by the names that its cells use. */
export interface Files {
  replace(files: readonly AttachedFile[]): void;
  add(file: AttachedFile): void;
  get(name: string, blob?: Blob): ByteSource;
}

export function createFiles(): Files {
  const files = new Map<string, AttachedFile>();
  return {
    replace(list) {
      files.clear();
      for (const file of list) files.set(file.name, file);
    },
    add(file) {
      files.set(file.name, file);
    },
    get(name, blob) {
      if (blob) return fromBlob(blob, name);
      const file = files.get(name);
      if (file?.blob) return fromBlob(file.blob, name);
      throw readError(file?.error ?? `file not found: ${name}`, {
        file: name,
        help: "Attach the file under this name (menu, Attach file).",
      });
    },
  };
}
