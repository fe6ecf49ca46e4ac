import { isAbortError } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { realClock, type Clock } from "./clock.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import type { Session } from "./session.ts";
import type { StageHost } from "./stage-host.ts";

/** "waiting": from elsewhere, until the reader says run. "stopped": by her, until she says run again. */
export type RunState = "waiting" | "preparing" | "live" | "stopped";

/** Opens the session's text in the stage and decides when its cells run. */
export interface NotebookRun {
  readonly state: RunState;
  /** Opens the notebook: at once to run, or to be read only when it comes from elsewhere. */
  start(): Promise<void>;
  /** Runs all cells, after fetching what the text names. */
  run(): Promise<void>;
  /** Throws the stage away and opens the latest text in another, without running. Data stays loaded. */
  stop(): Promise<void>;
  /** Opens the session's text again, after it changed from outside the stage. */
  reopen(): Promise<void>;
  close(): void;
}

export interface NotebookRunOptions {
  readonly session: Session;
  readonly files: NotebookFiles;
  readonly host: StageHost;
  readonly dark: () => boolean;
  readonly onChange: () => void;
  readonly onWork: (progress: Progress | null) => void;
  readonly clock?: Clock;
}

/** How long the first sight of the text may wait for its files, in ms. */
const patience = 300;

export function createNotebookRun(options: NotebookRunOptions): NotebookRun {
  const { session, files, host, onChange, onWork, clock = realClock } = options;
  let state: RunState = "waiting";
  let life = new AbortController();

  function become(next: RunState): void {
    state = next;
    onChange();
  }

  const settings = (run: boolean) => ({
    text: session.handOver(),
    run,
    readOnly: session.state.readOnly,
    dark: options.dark(),
    ...(run || state === "preparing" || state === "live"
      ? {}
      : { reason: state === "stopped" ? ("stopped" as const) : ("elsewhere" as const) }),
  });

  async function prepare(): Promise<void> {
    const { signal } = life;
    try {
      await files.prepare({
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) onWork(progress);
        },
      });
    } finally {
      if (!signal.aborted) onWork(null);
    }
  }

  /** Opens the text to run; when the files take a while, shows it before and runs it after. */
  async function openAndRun(): Promise<void> {
    const { signal } = life;
    become("preparing");
    let prepared = false;
    const preparing = prepare().then(() => (prepared = true));
    preparing.catch(() => undefined);
    await Promise.race([Promise.all([host.warm(), soon(clock)]), preparing]);
    const ready = prepared;
    await host.open(settings(ready));
    await preparing;
    if (signal.aborted) return;
    if (!ready) await host.api?.command("run-all");
    become("live");
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isAbortError(error)) {
        if (state === "preparing") become("stopped");
        throw error;
      }
    }
  }

  return {
    get state() {
      return state;
    },
    start: () =>
      guarded(async () => {
        if (session.record.trusted) return openAndRun();
        await host.open(settings(false));
        become("waiting");
      }),
    run: () =>
      guarded(async () => {
        await session.trust();
        if (!host.api) return openAndRun();
        const { signal } = life;
        become("preparing");
        await prepare();
        if (signal.aborted) return;
        await host.api.command("run-all");
        become("live");
      }),
    stop: () =>
      guarded(async () => {
        life.abort();
        life = new AbortController();
        onWork(null);
        become("stopped");
        await host.restart(settings(false));
      }),
    reopen: () =>
      guarded(async () => {
        if (state === "live") await openAndRun();
        else await host.open(settings(false));
      }),
    close() {
      life.abort();
      host.close();
    },
  };
}

function soon(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.after(patience, resolve));
}
