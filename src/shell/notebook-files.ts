import type { CallOptions } from "../base/progress.ts";
import type { AttachedFile } from "../protocol/engine.ts";
import { fetchAttachments } from "./attachments.ts";
import type { DocumentTools, EngineDoor } from "./ports.ts";
import type { Session } from "./session.ts";

/** A file as the Data drawer lists it. */
export interface ListedFile {
  readonly name: string;
  readonly size: number | null;
  /** "own": attached by the reader. "page": fetched from this page. "missing": named but not there. */
  readonly from: "own" | "page" | "missing";
  readonly problem: string | null;
}

/** The files that the open notebook's names mean: the reader's own win over those of the page. */
export interface NotebookFiles {
  /** Fetches what the text names and isn't there yet, and tells the engine all of it. */
  prepare(options?: CallOptions): Promise<void>;
  attach(file: File, name?: string): Promise<string>;
  detach(name: string): Promise<void>;
  list(): Promise<ListedFile[]>;
}

export interface NotebookFilesOptions {
  readonly session: Session;
  readonly documents: DocumentTools;
  readonly engine: EngineDoor;
  readonly base: string;
  readonly fetch: typeof fetch;
  readonly onFetched: (path: string, blob: Blob) => void;
}

export function createNotebookFiles(options: NotebookFilesOptions): NotebookFiles {
  const { session, documents, engine } = options;
  const fetched = new Map<string, AttachedFile>();

  async function names(): Promise<readonly string[]> {
    try {
      return await documents.attachmentNames(documents.parse(session.text));
    } catch {
      return [];
    }
  }

  async function wanted(): Promise<string[]> {
    const own = new Set((await session.files()).map((file) => file.name));
    return (await names()).filter((name) => !own.has(name) && !fetched.get(name)?.blob);
  }

  return {
    async prepare({ signal, onProgress } = {}) {
      const missing = await wanted();
      const files = await fetchAttachments(missing, {
        base: options.base,
        folder: session.record.base,
        fetch: options.fetch,
        onFetched: options.onFetched,
        signal,
        onProgress,
      });
      for (const file of files) fetched.set(file.name, file);
      const own = await session.files();
      const ownNames = new Set(own.map((file) => file.name));
      await engine.attach([
        ...own.map(({ name, blob }) => ({ name, blob })),
        ...[...fetched.values()].filter((file) => !ownNames.has(file.name)),
      ]);
    },
    async attach(file, as) {
      const name = as ?? nameFor(file.name, await names());
      await session.attach(name, file);
      await engine.attachOne({ name, blob: file });
      return name;
    },
    async detach(name) {
      await session.detach(name);
      const page = fetched.get(name);
      await engine.attachOne(
        page ?? { name, blob: null, error: `no such file: ${name}. Attach it to this notebook` },
      );
    },
    async list() {
      const own = await session.files();
      const ownNames = new Set(own.map((file) => file.name));
      const named = (await names()).filter((name) => !ownNames.has(name));
      return [
        ...own.map(({ name, size }) => ({ name, size, from: "own" as const, problem: null })),
        ...named.map((name): ListedFile => {
          const file = fetched.get(name);
          return {
            name,
            size: file?.blob?.size ?? null,
            from: file && !file.blob ? "missing" : "page",
            problem: file?.error ?? null,
          };
        }),
      ];
    },
  };
}

/** The name that the notebook uses for a file of this name: "counts.csv" may stand there as "data/counts.csv". */
export function nameFor(file: string, names: readonly string[]): string {
  if (names.includes(file)) return file;
  const same = names.filter((name) => name.slice(name.lastIndexOf("/") + 1) === file);
  return same.length === 1 ? same[0] : file;
}
