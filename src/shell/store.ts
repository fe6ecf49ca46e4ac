import type { Bundle, FileRecord, LeaseRecord, NotebookRecord, VersionRecord } from "./records.ts";
import type { Guard, Operation, Shelf } from "./shelf.ts";

export const versionsKept = 50;

/** What is kept of one notebook, in bytes. */
export interface NotebookSize {
  readonly notebook: NotebookRecord;
  readonly text: number;
  readonly versions: number;
  readonly files: number;
}

/** The reader's notebooks, their versions and files: the shell's one door to storage. */
export interface Store {
  /** False when everything lives in memory and ends with the page. */
  readonly durable: boolean;
  notebooks(): Promise<NotebookRecord[]>;
  notebook(id: string): Promise<NotebookRecord | null>;
  /** Keeps the record; with `version`, its text also becomes the newest version. */
  put(record: NotebookRecord, options?: { version?: boolean; guard?: Guard }): Promise<void>;
  /** Adds text as a version without touching the notebook. */
  keepVersion(id: string, text: string, at: number): Promise<void>;
  /** Newest first, at most 50. */
  versions(id: string): Promise<VersionRecord[]>;
  files(id: string): Promise<FileRecord[]>;
  putFile(file: FileRecord): Promise<void>;
  removeFile(id: string, name: string): Promise<void>;
  bundle(id: string): Promise<Bundle | null>;
  /** Removes the notebook, its versions and files; `putBundle` brings them back. */
  remove(id: string): Promise<Bundle | null>;
  putBundle(bundle: Bundle): Promise<void>;
  sizes(): Promise<NotebookSize[]>;
  eraseAll(): Promise<void>;
  lease(id: string): Promise<LeaseRecord | null>;
  putLease(id: string, lease: LeaseRecord | null, guard?: Guard): Promise<void>;
  handle(id: string): Promise<unknown>;
  putHandle(id: string, handle: unknown): Promise<void>;
}

export function createStore(shelf: Shelf): Store {
  /** Operations that make `text` the newest version and drop those beyond the last 50. */
  async function versionOperations(id: string, text: string, at: number): Promise<Operation[]> {
    const keys = (await shelf.keys("versions", id)) as [string, number][];
    const last = keys.at(-1);
    if (last) {
      const newest = (await shelf.get("versions", last)) as VersionRecord | undefined;
      if (newest?.text === text) return [];
    }
    const number = last ? last[1] + 1 : 1;
    const value: VersionRecord = { notebookId: id, number, at, text };
    const excess = keys.slice(0, Math.max(0, keys.length + 1 - versionsKept));
    return [
      { put: "versions", key: [id, number], value },
      ...excess.map((key): Operation => ({ remove: "versions", key })),
    ];
  }

  const store: Store = {
    durable: shelf.durable,
    async notebooks() {
      const all = (await shelf.all("notebooks")) as NotebookRecord[];
      return all.sort((a, b) => b.updated - a.updated);
    },
    async notebook(id) {
      return ((await shelf.get("notebooks", id)) as NotebookRecord | undefined) ?? null;
    },
    async put(record, { version = false, guard } = {}) {
      const more = version ? await versionOperations(record.id, record.text, record.updated) : [];
      await shelf.write([{ put: "notebooks", key: record.id, value: record }, ...more], guard);
    },
    async keepVersion(id, text, at) {
      await shelf.write(await versionOperations(id, text, at));
    },
    async versions(id) {
      return ((await shelf.all("versions", id)) as VersionRecord[]).reverse();
    },
    async files(id) {
      return (await shelf.all("files", id)) as FileRecord[];
    },
    async putFile(file) {
      await shelf.write([{ put: "files", key: [file.notebookId, file.name], value: file }]);
    },
    async removeFile(id, name) {
      await shelf.write([{ remove: "files", key: [id, name] }]);
    },
    async bundle(id) {
      const notebook = await store.notebook(id);
      if (!notebook) return null;
      const versions = (await shelf.all("versions", id)) as VersionRecord[];
      return { notebook, versions, files: await store.files(id) };
    },
    async remove(id) {
      const bundle = await store.bundle(id);
      const versions = await shelf.keys("versions", id);
      const files = await shelf.keys("files", id);
      await shelf.write([
        { remove: "notebooks", key: id },
        { remove: "handles", key: id },
        ...versions.map((key): Operation => ({ remove: "versions", key })),
        ...files.map((key): Operation => ({ remove: "files", key })),
      ]);
      return bundle;
    },
    async putBundle({ notebook, versions, files }) {
      await shelf.write([
        { put: "notebooks", key: notebook.id, value: notebook },
        ...versions.map((value): Operation => ({
          put: "versions",
          key: [notebook.id, value.number],
          value,
        })),
        ...files.map((value): Operation => ({
          put: "files",
          key: [notebook.id, value.name],
          value,
        })),
      ]);
    },
    async sizes() {
      const notebooks = await store.notebooks();
      return Promise.all(
        notebooks.map(async (notebook) => {
          const versions = await store.versions(notebook.id);
          const files = await store.files(notebook.id);
          return {
            notebook,
            text: bytesOf(notebook.text) + bytesOf(notebook.originText),
            versions: versions.reduce((sum, version) => sum + bytesOf(version.text), 0),
            files: files.reduce((sum, file) => sum + file.size, 0),
          };
        }),
      );
    },
    eraseAll: () => shelf.clear(),
    async lease(id) {
      return ((await shelf.get("leases", id)) as LeaseRecord | undefined) ?? null;
    },
    async putLease(id, lease, guard) {
      await shelf.write(
        [lease ? { put: "leases", key: id, value: lease } : { remove: "leases", key: id }],
        guard,
      );
    },
    handle: (id) => shelf.get("handles", id),
    putHandle: (id, handle) => shelf.write([{ put: "handles", key: id, value: handle }]),
  };
  return store;
}

function bytesOf(text: string): number {
  return new Blob([text]).size;
}
