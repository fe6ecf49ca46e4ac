import type { Shelf, ShelfKey, StoreName } from "./shelf.ts";
import { storeNames } from "./shelf.ts";

/** A shelf in memory: what the page works on where the browser gives it no storage. */
export function memoryShelf(): Shelf {
  const stores = new Map<StoreName, Map<string, { key: ShelfKey; value: unknown }>>(
    storeNames.map((name) => [name, new Map()]),
  );
  const entries = (store: StoreName, notebook?: string) =>
    [...stores.get(store)!.values()]
      .filter(({ key }) => notebook === undefined || (Array.isArray(key) && key[0] === notebook))
      .sort((a, b) => compareKeys(a.key, b.key));
  return {
    durable: false,
    async get(store, key) {
      return stores.get(store)!.get(JSON.stringify(key))?.value;
    },
    async all(store, notebook) {
      return entries(store, notebook).map((entry) => entry.value);
    },
    async keys(store, notebook) {
      return entries(store, notebook).map((entry) => entry.key);
    },
    async write(operations, guard) {
      guard?.check(stores.get(guard.store)!.get(JSON.stringify(guard.key))?.value);
      for (const operation of operations) {
        const id = JSON.stringify(operation.key);
        if ("put" in operation)
          stores.get(operation.put)!.set(id, { key: operation.key, value: operation.value });
        else stores.get(operation.remove)!.delete(id);
      }
    },
    async clear() {
      for (const store of stores.values()) store.clear();
    },
    close() {},
  };
}

function compareKeys(a: ShelfKey, b: ShelfKey): number {
  if (typeof a === "string" || typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (typeof a[1] !== typeof b[1]) return typeof a[1] === "number" ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
