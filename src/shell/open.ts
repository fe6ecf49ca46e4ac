import { EngrailedError, readError, storageError } from "../base/errors.ts";
import type { CallOptions } from "../base/progress.ts";
import { throwIfAborted } from "../base/progress.ts";
import type { Cell } from "../notebook/types.ts";
import { newId } from "./new-id.ts";
import type { DocumentTools } from "./ports.ts";
import type { NotebookRecord, Origin } from "./records.ts";
import type { Store } from "./store.ts";

/** A notebook as it stands when it opens: one that is kept, or one that will be at the first edit. */
export interface Opened {
  readonly record: NotebookRecord;
  /** False for a shipped notebook without edits: nothing is kept of it yet. */
  readonly kept: boolean;
  /** The shipped text is another than the one that this draft was made from. */
  readonly newer: string | null;
  /** What the file holds that a notebook can't keep, in words. */
  readonly notes?: readonly string[];
}

export interface OpenContext extends CallOptions {
  readonly store: Store;
  readonly documents: DocumentTools;
  /** The page's folder, with a slash at its end. */
  readonly base: string;
  readonly fetch?: typeof fetch;
  readonly now: number;
}

const largest = 20e6;

/** The key of the reader's draft of a shipped notebook: the address stays the same, edited or not. */
export function draftId(path: string): string {
  return `draft:${path}`;
}

/** Folder names are looked up in where a notebook has no folder of its own. */
export const shippedFolder = "notebooks/";

/**
 * Opens a shipped notebook: the reader's draft of it where there is one, else the text as shipped. A kept draft
 * opens even when the original can't be fetched.
 */
export async function openShipped(path: string, context: OpenContext): Promise<Opened> {
  const kept = await context.store.notebook(draftId(path));
  let text: string;
  try {
    text = await fetchText(path, context);
    context.documents.parse(text);
  } catch (error) {
    throwIfAborted(context.signal);
    if (kept) return { record: kept, kept: true, newer: null };
    throw error;
  }
  if (kept) return { record: kept, kept: true, newer: text === kept.originText ? null : text };
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const record = makeRecord(context, {
    id: draftId(path),
    text,
    origin: { kind: "shipped", path },
    base: folder,
    trusted: true,
  });
  return { record, kept: false, newer: null };
}

/** Opens a notebook of the reader's own. */
export async function openOwn(id: string, context: OpenContext): Promise<Opened> {
  const record = await context.store.notebook(id);
  if (!record)
    throw storageError(`no such notebook is kept in this browser: ${id}`, {
      help: "It may have been deleted, or it lives in another browser. Open its file if you saved one.",
    });
  return { record, kept: true, newer: null };
}

/**
 * Opens a notebook file from disk as a notebook of the reader's own that does not run until she says so. A broken
 * file is a ReadError, and nothing is kept of it.
 */
export async function openFile(file: File, context: OpenContext): Promise<Opened> {
  if (file.size > largest)
    throw readError(`too large for a notebook: ${Math.round(file.size / 1e6)} MB`, {
      file: file.name,
      help: "A notebook is text. Attach data files to an open notebook instead.",
    });
  let text = await file.text();
  throwIfAborted(context.signal);
  const notes: string[] = [];
  try {
    const notebook = context.documents.parse(text, {
      file: file.name,
      onNote: (message, line) => notes.push(`line ${line}: ${message}`),
    });
    if (notes.length > 0) text = context.documents.format(notebook);
  } catch (error) {
    if (error instanceof EngrailedError)
      throw readError(error.message, { ...error.details, file: file.name });
    throw readError(error instanceof Error ? error.message : String(error), { file: file.name });
  }
  const record = makeRecord(context, {
    id: newId(),
    text,
    origin: { kind: "file", name: file.name },
    base: shippedFolder,
    trusted: false,
  });
  await context.store.put(record, { version: true });
  return { record, kept: true, newer: null, notes };
}

const emptyCells: readonly Cell[] = [
  { id: 1, mode: "md", value: "# Untitled", pinned: false, hidden: false },
  { id: 2, mode: "js", value: "", pinned: true, hidden: false },
];

/** A new notebook: of the cells that are given, else a title and one empty cell. */
export async function openNew(
  context: OpenContext,
  { title = "Untitled", cells = emptyCells }: { title?: string; cells?: readonly Cell[] } = {},
): Promise<Opened> {
  const text = context.documents.format({ title, theme: "air", readOnly: false, cells });
  const record = makeRecord(context, {
    id: newId(),
    text,
    origin: null,
    base: shippedFolder,
    trusted: true,
  });
  await context.store.put(record, { version: true });
  return { record, kept: true, newer: null };
}

function makeRecord(
  { documents, now }: OpenContext,
  {
    id,
    text,
    origin,
    base,
    trusted,
  }: { id: string; text: string; origin: Origin | null; base: string; trusted: boolean },
): NotebookRecord {
  const title = documents.parse(text).title || "Untitled";
  return {
    id,
    title,
    text,
    originText: text,
    origin,
    base,
    trusted,
    created: now,
    updated: now,
  };
}

async function fetchText(path: string, context: OpenContext): Promise<string> {
  const url = new URL(path.split("/").map(encodeURIComponent).join("/"), context.base);
  const get = context.fetch ?? fetch;
  let response: Response;
  try {
    response = await get(url.href, { signal: context.signal });
  } catch (error) {
    throwIfAborted(context.signal);
    throw readError(`could not be fetched: ${path}`, {
      file: path,
      help: "You seem to be offline and this notebook was not kept. Your own notebooks open as always.",
      cause: error,
    });
  }
  if (response.status === 404)
    throw readError(`there is no such notebook on this page: ${path}`, {
      file: path,
      help: "Check the address, or choose a notebook from the home page.",
    });
  if (!response.ok)
    throw readError(`the server refused it with status ${response.status}: ${path}`, {
      file: path,
      help: "Try again in a while.",
    });
  return response.text();
}
