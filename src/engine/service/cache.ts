/** Keeps what was expensive to make, the least recently used going first when the limit is passed. */
export interface Cache<T> {
  /** What is kept under this key; waits for keys that are still being found. */
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, bytes: number): void;
  /** Keeps a value at once whose key is still being found; forgets it where none is found. */
  setLater(key: Promise<string>, value: T, bytes: number): void;
  values(): Iterable<T>;
  readonly bytes: number;
}

interface Entry<T> {
  readonly value: T;
  readonly bytes: number;
}

/**
 * `onDrop` is told of what goes, `onChange` that something came or went; a value larger than the limit is still kept while
 * it is the newest.
 */
export function createCache<T>(
  limit: number,
  onDrop: (value: T) => void,
  onChange?: () => void,
): Cache<T> {
  const entries = new Map<string, Entry<T>>();
  const nameless = new Map<Promise<void>, Entry<T>>();
  const sum = (list: Iterable<Entry<T>>) =>
    [...list].reduce((total, { bytes }) => total + bytes, 0);
  const cache: Cache<T> = {
    async get(key) {
      await Promise.all(nameless.keys());
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      entries.delete(key);
      entries.set(key, { value, bytes });
      for (const [name, entry] of entries) {
        if (cache.bytes <= limit || name === key) break;
        entries.delete(name);
        onDrop(entry.value);
      }
      onChange?.();
    },
    setLater(key, value, bytes) {
      const named: Promise<void> = key.then(
        (name) => {
          nameless.delete(named);
          cache.set(name, value, bytes);
        },
        () => {
          nameless.delete(named);
          onDrop(value);
          onChange?.();
        },
      );
      nameless.set(named, { value, bytes });
      onChange?.();
    },
    *values() {
      for (const { value } of [...entries.values(), ...nameless.values()]) yield value;
    },
    get bytes() {
      return sum(entries.values()) + sum(nameless.values());
    },
  };
  return cache;
}
