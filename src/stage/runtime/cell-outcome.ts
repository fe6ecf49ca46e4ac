import { displayedMarkup, displayedText } from "./displayed.ts";
import type { LiveCell } from "./live-cell.ts";
import { errorParts } from "./render-error.ts";
import type { CellOutcome } from "./types.ts";

/** How a cell stands now, with what it shows. */
export function cellOutcome(cell: LiveCell): CellOutcome {
  const { state, error, ms } = cell.status;
  return {
    id: cell.id,
    name: cell.names.length ? cell.names.join(", ") : null,
    state: state === "fulfilled" || state === "rejected" ? state : "pending",
    error: state === "rejected" ? errorParts(error).message : null,
    text: displayedText(cell.output.root),
    ms: Math.round(ms),
    ...displayedMarkup(cell.output.root),
  };
}
