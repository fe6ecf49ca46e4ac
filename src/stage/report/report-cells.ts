import type { ReportCell } from "../../protocol/stage.ts";
import { staticCopy } from "./static-copy.ts";

/** A cell of the notebook as it stands. */
export interface StandingCell {
  readonly id: number;
  readonly mode: string;
  readonly root: HTMLElement | null;
  readonly state: string | undefined;
  /** Why it failed, in a sentence. */
  readonly error: string | null;
  /** Its source where the author has pinned it open. */
  readonly source: string | null;
}

/** What each cell shows, in order, ready to be handed over; cells that show nothing are left out. */
export function reportCells(cells: readonly StandingCell[]): ReportCell[] {
  const out: ReportCell[] = [];
  for (const { id, mode, root, state, error, source } of cells) {
    const html = root ? staticCopy(root).innerHTML : "";
    const standing = standingOf(state, error);
    if (html.trim() || source !== null || standing) out.push({ id, mode, html, source, standing });
  }
  return out;
}

function standingOf(state: string | undefined, error: string | null): string | null {
  if (state === "rejected") return `This cell failed: ${error ?? "no reason given"}`;
  if (state === "pending") return "This cell was still running.";
  if (state === "stale") return "This cell was waiting; it shows an older value.";
  return null;
}
