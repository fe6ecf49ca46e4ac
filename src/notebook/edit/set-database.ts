import { argumentError } from "../../base/errors.ts";
import type { Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";

/** The notebook with a SQL cell that asks another database: "var:db" is the client named db. */
export function setDatabase(notebook: Notebook, id: number, database: string): Notebook {
  return changeCell(notebook, id, (cell) => {
    if (cell.mode !== "sql") throw argumentError(`only SQL cells have a database: cell ${id}`);
    return cell.database === database ? cell : { ...cell, database };
  });
}
