/** Keeps what was expensive to make, the least recently used going first when the limit is passed. */
export interface Cache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, bytes: number): void;
  values(): Iterable<T>;
  readonly bytes: number;
}

/** `onDrop` is told of what goes; a value larger than the limit is still kept while it is the newest. */
export function createCache<T>(limit: number, onDrop: (value: T) => void): Cache<T> {
  const entries = new Map<string, { value: T; bytes: number }>();
  let total = 0;
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      const old = entries.get(key);
      if (old) total -= old.bytes;
      entries.delete(key);
      entries.set(key, { value, bytes });
      total += bytes;
      for (const [name, entry] of entries) {
        if (total <= limit || name === key) break;
        entries.delete(name);
        total -= entry.bytes;
        onDrop(entry.value);
      }
    },
    *values() {
      for (const entry of entries.values()) yield entry.value;
    },
    get bytes() {
      return total;
    },
  };
}
