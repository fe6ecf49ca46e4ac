import { realClock, type Clock } from "./clock.ts";
import type { Realms, ShellDuties, StageHandle } from "./ports.ts";
import type { OpenOptions } from "../protocol/stage.ts";

export interface StageHostOptions {
  readonly realms: Realms;
  readonly container: HTMLElement;
  readonly duties: ShellDuties;
  /** A cell holds the stage's thread for three seconds, or has let it go. */
  readonly onBusy: (busy: boolean) => void;
  readonly clock?: Clock;
}

/** The one stage of the open notebook: started, watched, and thrown away when a cell won't end. */
export interface StageHost {
  /** Calls of the running stage; null while there is none. */
  readonly api: StageHandle["api"] | null;
  /** Starts a stage where none runs, so that it is there when it is needed. */
  warm(): Promise<void>;
  /** Opens the text in the running stage, or starts one. */
  open(options: OpenOptions): Promise<void>;
  /** Throws the stage away and starts another with these options. */
  restart(options: OpenOptions): Promise<void>;
  /** Resolves when the session has all that was typed, or when the stage does not answer in time. */
  flush(): Promise<void>;
  close(): void;
}

const flushPatience = 300;
const pingEvery = 1000;
const patience = 3000;

/** The messages of a stage that was thrown away go nowhere: its duties are cut off with it. */
export function createStageHost(options: StageHostOptions): StageHost {
  const { realms, container, duties, onBusy, clock = realClock } = options;
  let handle: StageHandle | null = null;
  let starting: Promise<StageHandle> | null = null;
  let generation = 0;
  let cancelPing: () => void = () => undefined;

  function start(): Promise<StageHandle> {
    const mine = ++generation;
    const life = new AbortController();
    abortStart = () => life.abort();
    const opening = realms
      .openStage(
        container,
        only(duties, () => mine === generation),
        { signal: life.signal },
      )
      .then((opened) => {
        if (mine !== generation) {
          opened.close();
          throw new DOMException("stopped", "AbortError");
        }
        handle = opened;
        watch(opened, mine);
        return opened;
      });
    starting = opening;
    opening.catch(() => {
      if (starting === opening) starting = null;
    });
    return opening;
  }

  let abortStart: () => void = () => undefined;

  function end(): void {
    ++generation;
    abortStart();
    cancelPing();
    handle?.close();
    handle = null;
    starting = null;
    onBusy(false);
  }

  function watch(stage: StageHandle, mine: number): void {
    const round = () => {
      if (mine !== generation) return;
      let answered = false;
      const cancelLate = clock.after(patience, () => {
        if (!answered && mine === generation) onBusy(true);
      });
      const next = () => {
        answered = true;
        cancelLate();
        if (mine !== generation) return;
        onBusy(false);
        cancelPing = clock.after(pingEvery, round);
      };
      stage.ping().then(next, next);
    };
    cancelPing = clock.after(pingEvery, round);
  }

  return {
    get api() {
      return handle?.api ?? null;
    },
    async warm() {
      await (starting ?? start());
    },
    async open(settings) {
      const stage = await (starting ?? start());
      await stage.api.open(settings);
    },
    async restart(settings) {
      end();
      const stage = await start();
      await stage.api.open(settings);
    },
    async flush() {
      if (!handle) return;
      const { api } = handle;
      await Promise.race([
        Promise.resolve()
          .then(() => api.flush())
          .catch(() => undefined),
        new Promise<void>((resolve) => clock.after(flushPatience, resolve)),
      ]);
    },
    close: end,
  };
}

/** The duties, answering only while `alive`. */
function only(duties: ShellDuties, alive: () => boolean): ShellDuties {
  const guard =
    <P extends unknown[]>(call: (...parameters: P) => void) =>
    (...parameters: P): void => {
      if (alive()) call(...parameters);
    };
  return {
    ready: guard(duties.ready),
    changed: guard(duties.changed),
    status: guard(duties.status),
    outline: guard(duties.outline),
    run: guard(duties.run),
    save: guard(duties.save),
    dropped: guard(duties.dropped),
    attach: guard(duties.attach),
    failed: guard(duties.failed),
  };
}
