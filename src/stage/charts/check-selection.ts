import { argumentError } from "../../base/errors.ts";
import { isSelection, selection, type Selection } from "../../base/selection.ts";

/** The selection of a chart's options; one of its own where none is given. */
export function checkSelection(where: string, given: Selection | undefined): Selection {
  if (given === undefined) return selection();
  if (isSelection(given)) return given;
  throw argumentError(`${where}: not a selection: ${String(given)}`, {
    help: "Make one with selection() in a cell of its own.",
  });
}
