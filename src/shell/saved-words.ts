import { formatWhen } from "./format-when.ts";
import type { SessionState } from "./session.ts";

/** How the notebook stands, in words for the top bar. */
export function savedWords(state: SessionState, durable: boolean, now: number): string {
  if (state.readOnly)
    return state.lease === "lost"
      ? "Read only: taken over by another tab"
      : "Read only: open in another tab";
  if (state.saved === "failed") return "Not saved: the browser refused";
  if (state.saved === "original") return "Original, not changed";
  if (!durable) return "Only in this page’s memory";
  if (state.saved === "unsaved" || state.saved === "saving") return "Saving…";
  const when = state.savedAt === null ? "" : ` ${formatWhen(state.savedAt, now)}`;
  const draft = state.record.id.startsWith("draft:") && state.edited;
  return draft ? `Your changes, saved${when}` : `Saved${when}`;
}
