import { columnNames, columnOf, makeTable, type Table } from "../../tables/index.ts";

/** The rows of tables below each other, over all their columns; where a table lacks one its values are missing. */
export function stackTables(tables: readonly Table[]): Table {
  const names = [...new Set(tables.flatMap(columnNames))];
  return makeTable(
    names.map((name) => {
      const values: unknown[] = [];
      for (const table of tables) {
        const column = table.getChild(name);
        for (let i = 0; i < table.numRows; ++i) values.push(column?.get(i) ?? null);
      }
      return [name, columnOf(values)] as const;
    }),
  );
}
