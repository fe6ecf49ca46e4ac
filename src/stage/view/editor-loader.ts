import type { EditorModule } from "./types.ts";

/** Loads the editor part once, when it is first needed; a failed load can be tried again. */
export interface EditorLoader {
  load(): Promise<EditorModule>;
  /** The module when it is there. */
  loaded(): EditorModule | null;
  /** Loads when the page has nothing better to do. */
  loadWhenIdle(): void;
}

/** The stage is idle while the engine reads: the editor waits this long, in ms, so as not to delay the first charts. */
const patience = 1500;

export function createEditorLoader(
  loadEditor: () => Promise<EditorModule>,
  onLoad: () => void,
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
      const act = () => void load().catch(() => undefined);
      setTimeout(() => {
        if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 3000 });
        else act();
      }, patience);
    },
  };
}
