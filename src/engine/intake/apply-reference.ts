import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  dictionary,
  levelsOf,
  makeTable,
  type Table,
} from "../../tables/index.ts";

/** The samples with the columns named in `reference` as factors whose first level is the one named; other levels keep their order. */
export function applyReference(
  samples: Table,
  reference: Readonly<Record<string, string>> = {},
): Table {
  let table = samples;
  for (const [name, level] of Object.entries(reference)) {
    column(table, name);
    const { codes, levels } = levelsOf(table, name);
    const at = levels.indexOf(String(level));
    if (at < 0) {
      const near = nearestName(String(level), levels);
      throw argumentError(`no such level of ${name}: ${String(level)}`, {
        help: `${near === undefined ? "" : `Did you mean ${near}? `}Levels are ${levels.slice(0, 20).join(", ")}.`,
      });
    }
    const order = [at, ...levels.map((_, i) => i).filter((i) => i !== at)];
    const place = new Int32Array(levels.length);
    order.forEach((old, i) => (place[old] = i));
    const factor = dictionary(
      codes.map((code) => (code < 0 ? -1 : place[code])),
      order.map((i) => levels[i]),
    );
    const current = table;
    table = makeTable(
      columnNames(current).map(
        (other) => [other, other === name ? factor : column(current, other)] as const,
      ),
    );
  }
  return table;
}
