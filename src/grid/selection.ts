/** Which rows of the table are selected, by row number in the table, whatever is shown. */
export interface Selection {
  has(row: number): boolean;
  readonly size: number;
  /** Selected rows in table order. */
  rows(): number[];
  toggle(row: number, selected?: boolean): void;
  set(rows: Iterable<number>, selected: boolean): void;
  clear(): void;
}

export function createSelection(many: boolean): Selection {
  const chosen = new Set<number>();
  return {
    has: (row) => chosen.has(row),
    get size() {
      return chosen.size;
    },
    rows: () => Array.from(Int32Array.from(chosen).sort()),
    toggle(row, selected = !chosen.has(row)) {
      if (!many) chosen.clear();
      if (selected) chosen.add(row);
      else chosen.delete(row);
    },
    set(rows, selected) {
      for (const row of rows) {
        if (selected) chosen.add(row);
        else chosen.delete(row);
      }
    },
    clear: () => chosen.clear(),
  };
}
