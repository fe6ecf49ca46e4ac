import { modeNames } from "./mode-names.ts";
import type { Progress } from "../../base/progress.ts";
import type { CellState } from "../runtime/types.ts";
import type { Cell } from "../../notebook/types.ts";

/** What the view knows of one cell's run. */
export interface Standing {
  readonly state: CellState;
  /** The text or type differs from what ran last. */
  readonly edited: boolean;
  /** It ran at least once since the notebook was opened. */
  readonly ran: boolean;
  readonly progress: Progress | null;
  /** Milliseconds since the current run began. */
  readonly elapsed: number;
  /** It failed only because another cell did. */
  readonly waits: boolean;
}

/** A cell's standing in words, "" when it is up to date. */
export function describeStanding(standing: Standing): string {
  const { state, edited, ran, progress, elapsed, waits } = standing;
  if (state === "pending") {
    const what = progress?.label || "running";
    const share = progressShare(progress);
    const words = share === null ? what : `${what} ${Math.floor(share * 100)} %`;
    return elapsed < 1000 ? words : `${words} · ${formatElapsed(elapsed)}`;
  }
  if (edited && ran) return "edited, not run";
  if (state === "rejected") return waits ? "waits" : "failed";
  if (!ran) return "not run";
  return state === "fulfilled" ? "" : "waiting for its inputs";
}

/** Part done, 0 to 1, or null when the total is not known. */
export function progressShare(progress: Progress | null): number | null {
  if (!progress || !(progress.total > 0)) return null;
  return Math.min(1, Math.max(0, progress.done / progress.total));
}

/** "3 s", "2 min 05 s". */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** "42 ms", "1.3 s", "2 min 05 s". */
export function formatTook(ms: number): string {
  if (ms < 1000) return `${Math.max(1, Math.round(ms))} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatElapsed(ms);
}

/** A cell's name for screen readers and messages: "Cell 3: counts, JavaScript". */
export function cellLabel(cell: Cell, index: number, names: readonly string[]): string {
  const defines = names.length ? names.slice(0, 3).join(", ") : (cell.output ?? "");
  return `Cell ${index + 1}: ${defines ? `${defines}, ` : ""}${modeNames[cell.mode]}`;
}
