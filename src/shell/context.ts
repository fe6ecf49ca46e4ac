import type { Clock } from "./clock.ts";
import type { Notices } from "./notices.ts";
import type { Offline } from "./offline.ts";
import type { DocumentTools, Realms } from "./ports.ts";
import type { Route } from "./route.ts";
import type { Store } from "./store.ts";
import type { Theme } from "./theme.ts";

/** What every panel of the shell may use. */
export interface ShellContext {
  readonly store: Store;
  readonly documents: DocumentTools;
  readonly realms: Realms;
  readonly theme: Theme;
  readonly notices: Notices;
  readonly offline: Offline;
  /** The page's folder, with a slash at its end. */
  readonly base: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  go(route: Route): void;
  /** Opens notebooks; reads anything else as data, or attaches it to an open notebook that names it. */
  takeFiles(files: readonly File[]): Promise<void>;
  /** Makes a notebook of one empty cell and goes there. */
  newNotebook(): Promise<void>;
  /** Keeps what is unsaved, then lets the newer version of the page take over. */
  update(): Promise<void>;
}
