/** The stores of the page's database. */
export const storeNames = ["notebooks", "versions", "files", "leases", "handles"] as const;
export type StoreName = (typeof storeNames)[number];

/** Keys are a string, or [notebook, entry] for what belongs to a notebook. */
export type ShelfKey = string | readonly [string, string | number];

export type Operation =
  | { readonly put: StoreName; readonly key: ShelfKey; readonly value: unknown }
  | { readonly remove: StoreName; readonly key: ShelfKey };

/** A condition on one stored value, looked at inside the transaction that writes. */
export interface Guard {
  readonly store: StoreName;
  readonly key: ShelfKey;
  /** Throws to refuse the write. */
  readonly check: (value: unknown) => void;
}

/** A place that keeps values: IndexedDB, or memory where there is none. */
export interface Shelf {
  readonly durable: boolean;
  get(store: StoreName, key: ShelfKey): Promise<unknown>;
  /** All values of a store, or those whose key starts with `[notebook, …]`, in order of key. */
  all(store: StoreName, notebook?: string): Promise<unknown[]>;
  keys(store: StoreName, notebook?: string): Promise<ShelfKey[]>;
  /** All operations or none. */
  write(operations: readonly Operation[], guard?: Guard): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}
