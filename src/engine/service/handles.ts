import { workError } from "../../base/errors.ts";

/** What the engine holds for a stage, by number; one value has one number, however often it is held. */
export interface Handles {
  /** Holds the value once more and says its number. */
  hold(value: object): number;
  /** Lets go once; the value is forgotten, and `onFree` told, when nobody holds it. */
  release(id: number): void;
  get(id: number): object;
  /** Lets go of everything. */
  clear(): void;
}

export function createHandles(onFree: (value: object) => void): Handles {
  let next = 1;
  const ids = new Map<object, number>();
  const held = new Map<number, { value: object; count: number }>();

  function free(id: number): void {
    const entry = held.get(id);
    if (!entry) return;
    held.delete(id);
    ids.delete(entry.value);
    onFree(entry.value);
  }

  return {
    hold(value) {
      let id = ids.get(value);
      if (id === undefined) {
        id = next++;
        ids.set(value, id);
        held.set(id, { value, count: 0 });
      }
      held.get(id)!.count += 1;
      return id;
    },
    release(id) {
      const entry = held.get(id);
      if (entry && --entry.count <= 0) free(id);
    },
    get(id) {
      const entry = held.get(id);
      if (entry) return entry.value;
      throw workError(`no longer held by the engine: ${id}`, {
        help: "The cell that made it has changed or stopped: run it again.",
      });
    },
    clear() {
      for (const id of Array.from(held.keys())) free(id);
    },
  };
}
