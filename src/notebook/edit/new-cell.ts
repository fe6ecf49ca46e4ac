import { isInterpreter } from "../cell-types.ts";
import { defaultPinned } from "../kit.ts";
import type { Cell, CellMode } from "../types.ts";

/** A cell of that mode with Notebook Kit's defaults: code cells are pinned, SQL cells ask the client named db. */
export function newCell(id: number, mode: CellMode = "js", value = ""): Cell {
  return {
    id,
    mode,
    value,
    pinned: defaultPinned(mode),
    hidden: false,
    ...(mode === "sql" ? { database: "var:db" } : {}),
    ...(isInterpreter(mode) ? { format: "buffer" } : {}),
  };
}
