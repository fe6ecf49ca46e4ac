import type { EditorModule } from "./types.ts";

/** Loads the editor part once, when it is first needed; a failed load can be tried again. */
export interface EditorLoader {
  load(): Promise<EditorModule>;
  /** The module when it is there. */
  loaded(): EditorModule | null;
  /** Loads when the page has nothing better to do: no cell runs, or one has run for long. */
  loadWhenIdle(): void;
}

/** The stage is idle while the engine reads: the editor waits this long, in ms, so as not to delay the first charts. */
const patience = 1500;
/** While cells run it waits on, looking this often; a cell that waits for the reader must not keep it away for ever. */
const look = 500;
const longest = 10_000;

export function createEditorLoader(
  loadEditor: () => Promise<EditorModule>,
  onLoad: () => void,
  isBusy: () => boolean,
): EditorLoader {
  let module: EditorModule | null = null;
  let loading: Promise<EditorModule> | null = null;
  const load = () =>
    (loading ??= loadEditor().then(
      (loaded) => {
        module = loaded;
        onLoad();
        return loaded;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    ));
  return {
    load,
    loaded: () => module,
    loadWhenIdle() {
      const until = performance.now() + longest;
      const act = () => {
        if (isBusy() && performance.now() < until) setTimeout(act, look);
        else if (typeof requestIdleCallback === "function")
          requestIdleCallback(() => void load().catch(() => undefined), { timeout: 3000 });
        else void load().catch(() => undefined);
      };
      setTimeout(act, patience);
    },
  };
}
