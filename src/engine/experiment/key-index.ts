import { column, sharedStrings, type Table } from "../../tables/index.ts";

const byTable = new WeakMap<Table, Map<string, Map<string, number>>>();

/**
 * Row number of every value of a text column, the first row where a value stands on several; missing values have none.
 * Made once a table and column, and kept as long as the table lives.
 */
export function keyIndex(table: Table, name: string): ReadonlyMap<string, number> {
  let columns = byTable.get(table);
  if (columns === undefined) byTable.set(table, (columns = new Map()));
  let index = columns.get(name);
  if (index === undefined) {
    column(table, name);
    index = new Map();
    const values = sharedStrings(table, name);
    for (let i = values.length - 1; i >= 0; --i) {
      const value = values[i];
      if (value !== null) index.set(value, i);
    }
    columns.set(name, index);
  }
  return index;
}
