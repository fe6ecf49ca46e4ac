import { argumentError } from "../../base/errors.ts";
import { bind, type CellContext } from "../data/context.ts";
import { DatabaseClient } from "../data/duckdb-client.ts";
import type { LinkedSource, LinkedViews } from "../linked/linked-views.ts";

/** The builtin `vg`: in each run of a cell, Mosaic's vgplot on the client that the notebook calls `db`. */
export function linkedViews(make: (source: LinkedSource, names: object) => LinkedViews) {
  return {
    [bind](context: CellContext): LinkedViews {
      const db = context.inputs?.get("db");
      if (!(db instanceof DatabaseClient))
        throw argumentError(`vg: db is not a database: ${typeof db}`, {
          help: "vg draws from the client that the notebook calls db: const db = DuckDBClient.of({…}).",
        });
      const bound = db[bind](context);
      return make(
        {
          query: (sql) => bound.query(sql),
          clear: (sql) => db.query(sql),
          signal: context.signal,
        },
        db,
      );
    },
  };
}
