import { openDB, type IDBPDatabase, type OpenDBCallbacks } from "idb";
import { EngrailedError, storageError } from "../base/errors.ts";
import { storeNames, type Shelf, type ShelfKey } from "./shelf.ts";

export interface IdbShelfOptions {
  readonly name?: string;
  /** How long another tab with an older version may hold the database, in ms. */
  readonly patience?: number;
  /** Called when another tab needs a newer version of the database; this one has been closed. */
  readonly onOutdated?: () => void;
}

const version = 1;

/**
 * A shelf on IndexedDB. Rejects with a StorageError where the browser has none (some private windows), where
 * another tab blocks the upgrade, or where a newer version of the page wrote the database.
 */
export async function idbShelf(options: IdbShelfOptions = {}): Promise<Shelf> {
  let database = await connect(options);
  let outdated = false;

  async function use<T>(work: (db: IDBPDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(database);
    } catch (error) {
      if (!isClosed(error) || outdated) throw explain(error);
      try {
        database = await connect(options);
        return await work(database);
      } catch (again) {
        throw explain(again);
      }
    }
  }

  function connect(settings: IdbShelfOptions): Promise<IDBPDatabase> {
    return connectOnce(settings, () => {
      outdated = true;
      settings.onOutdated?.();
    });
  }

  return {
    durable: true,
    get: (store, key) => use((db) => db.get(store, validKey(key))),
    all: (store, notebook) => use((db) => db.getAll(store, range(notebook))),
    keys: (store, notebook) =>
      use(async (db) => (await db.getAllKeys(store, range(notebook))) as ShelfKey[]),
    write: (operations, guard) =>
      use(async (db) => {
        const names = new Set(operations.map((o) => ("put" in o ? o.put : o.remove)));
        if (guard) names.add(guard.store);
        if (names.size === 0) return;
        const transaction = db.transaction([...names], "readwrite");
        try {
          if (guard)
            guard.check(await transaction.objectStore(guard.store).get(validKey(guard.key)));
          const done = operations.map((operation) =>
            "put" in operation
              ? transaction.objectStore(operation.put).put(operation.value, validKey(operation.key))
              : transaction.objectStore(operation.remove).delete(validKey(operation.key)),
          );
          await Promise.all([...done, transaction.done]);
        } catch (error) {
          transaction.done.catch(() => undefined);
          try {
            transaction.abort();
          } catch {
            // it had ended by itself
          }
          throw transaction.error ?? error;
        }
      }),
    clear: () =>
      use(async (db) => {
        const transaction = db.transaction([...storeNames], "readwrite");
        await Promise.all([
          ...storeNames.map((name) => transaction.objectStore(name).clear()),
          transaction.done,
        ]);
      }),
    close: () => database.close(),
  };
}

async function connectOnce(
  { name = "engrailed", patience = 4000 }: IdbShelfOptions,
  onOutdated: () => void,
): Promise<IDBPDatabase> {
  if (typeof indexedDB === "undefined")
    throw storageError("this browser window keeps nothing: no IndexedDB", { help: keepElsewhere });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const opening = openLater(name, {
    upgrade(db) {
      for (const store of storeNames)
        if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onOutdated();
    },
  });
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          storageError("another tab holds the storage of an older version: blocked", {
            help: "Close the other tabs of this page, then reload.",
          }),
        ),
      patience,
    );
  });
  opening.then(
    (db) => timer === undefined && db.close(),
    () => undefined,
  );
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    throw explain(error);
  } finally {
    clearTimeout(timer);
    timer = undefined;
  }
}

/** Some browsers throw where others reject: both are a rejection here. */
async function openLater(name: string, callbacks: OpenDBCallbacks<unknown>): Promise<IDBPDatabase> {
  return openDB(name, version, callbacks);
}

const keepElsewhere =
  "You can go on working, but save to disk before you close the page: it is lost otherwise.";

/** A browser's storage error, in words and with what to do about it. */
function explain(error: unknown): Error {
  if (error instanceof EngrailedError) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "QuotaExceededError")
    return storageError("the browser's storage for this page is full: nothing more can be kept", {
      help: "Save to disk now, then free room under “Where is my data?”.",
      cause: error,
    });
  if (name === "VersionError")
    return storageError("the storage was written by a newer version of this page: not opened", {
      help: "Reload the page to get the newer version.",
      cause: error,
    });
  if (name === "InvalidStateError" || name === "AbortError" || name === "UnknownError")
    return storageError(`the browser closed this page's storage: ${message(error)}`, {
      help: "Save to disk, then reload the page.",
      cause: error,
    });
  if (name === "SecurityError" || name === "InvalidAccessError")
    return storageError(`this browser window keeps nothing: ${message(error)}`, {
      help: keepElsewhere,
      cause: error,
    });
  return storageError(`the browser refused to keep this: ${message(error)}`, {
    help: "Save to disk so that nothing is lost.",
    cause: error,
  });
}

function message(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "InvalidStateError";
}

function validKey(key: ShelfKey): IDBValidKey {
  return typeof key === "string" ? key : [...key];
}

/** The keys [notebook] … [notebook, anything]: an array sorts after every string and number. */
function range(notebook?: string): IDBKeyRange | undefined {
  return notebook === undefined ? undefined : IDBKeyRange.bound([notebook], [notebook, []]);
}
