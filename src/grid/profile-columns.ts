import { isAbortError } from "../base/errors.ts";
import type { GridColumn } from "./columns.ts";
import { profileColumn, type Profile } from "./profile.ts";

/** Profiles the columns one after another in idle time, for as long as `isWanted`. */
export async function profileColumns(
  columns: readonly GridColumn[],
  n: number,
  isWanted: () => boolean,
  show: (j: number, profile: Profile) => void,
): Promise<void> {
  const stop = new AbortController();
  const rest = async (): Promise<void> => {
    await idle();
    if (!isWanted()) stop.abort();
  };
  try {
    for (const [j, column] of columns.entries()) {
      await rest();
      if (stop.signal.aborted) return;
      show(j, await profileColumn(column, n, { signal: stop.signal, rest }));
    }
  } catch (error) {
    if (!isAbortError(error)) throw error;
  }
}

/** Waits for idle time, at most a fifth of a second. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function")
      requestIdleCallback(() => resolve(), { timeout: 200 });
    else setTimeout(resolve, 16);
  });
}
