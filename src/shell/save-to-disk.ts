import { isAbortError } from "../base/errors.ts";
import { download } from "./download.ts";

/** What is used of a FileSystemFileHandle. */
export interface DiskHandle {
  readonly name: string;
  createWritable(): Promise<{
    write(data: Blob): Promise<void>;
    close(): Promise<void>;
    abort?(): Promise<void>;
  }>;
  queryPermission?(options: { mode: "readwrite" }): Promise<string>;
  requestPermission?(options: { mode: "readwrite" }): Promise<string>;
}

export type SavePicker = (options: object) => Promise<DiskHandle>;

/** Where a save went: a file that the next save writes again, a download, or nowhere because she cancelled. */
export type Saved =
  | { readonly kind: "file"; readonly name: string; readonly handle: DiskHandle }
  | { readonly kind: "download"; readonly name: string }
  | { readonly kind: "cancelled" };

export interface SaveOptions {
  readonly title: string;
  readonly text: string;
  /** The file of the last save, if any. */
  readonly handle: DiskHandle | null;
  readonly picker?: SavePicker | undefined;
}

/**
 * Writes the notebook to a file: the one of the last save, else one that the reader picks; a download where the
 * browser can't write files. Must be called while a click or key of the reader counts.
 */
export async function saveToDisk(options: SaveOptions): Promise<Saved> {
  const { title, text, handle } = options;
  const name = fileName(title);
  const blob = new Blob([text], { type: "text/html" });
  const picker =
    "picker" in options
      ? options.picker
      : (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker?.bind(globalThis);
  if (handle && (await permitted(handle))) {
    try {
      await write(handle, blob);
      return { kind: "file", name: handle.name, handle };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NotFoundError") throw error;
    }
  }
  if (picker) {
    try {
      const chosen = await picker({
        suggestedName: name,
        types: [{ description: "Notebook", accept: { "text/html": [".html"] } }],
      });
      await write(chosen, blob);
      return { kind: "file", name: chosen.name, handle: chosen };
    } catch (error) {
      if (isAbortError(error)) return { kind: "cancelled" };
      if (!(error instanceof Error) || error.name !== "SecurityError") throw error;
    }
  }
  download(blob, name);
  return { kind: "download", name };
}

/** A file name for the title: "Twelve million records" -> "twelve-million-records.html". */
export function fileName(title: string): string {
  const slug = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
  return `${slug || "notebook"}.html`;
}

async function permitted(handle: DiskHandle): Promise<boolean> {
  if (!handle.queryPermission) return true;
  if ((await handle.queryPermission({ mode: "readwrite" })) === "granted") return true;
  return (await handle.requestPermission?.({ mode: "readwrite" })) === "granted";
}

async function write(handle: DiskHandle, blob: Blob): Promise<void> {
  const file = await handle.createWritable();
  try {
    await file.write(blob);
  } catch (error) {
    await file.abort?.().catch(() => undefined);
    throw error;
  }
  await file.close();
}
