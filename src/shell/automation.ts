import { argumentError, workError } from "../base/errors.ts";
import type { CellOutcome, ValueFile } from "../protocol/stage.ts";
import type { Frame } from "./frame.ts";
import { openShipped, type OpenContext, type Opened } from "./open.ts";
import { readRoute } from "./route.ts";
import type { Session } from "./session.ts";

/** What a script may drive the page with: the notebook runner stands on it. */
export interface Automation {
  /**
   * Opens a notebook of this page's own folder and runs it, also one that would wait for the reader. `attach` maps
   * names to files: a Blob, or a path below this page that is fetched.
   */
  open(
    path: string,
    options?: { readonly attach?: Readonly<Record<string, Blob | string>> },
  ): Promise<void>;
  /** The outcome of every cell, when each has its first value or error, or after `timeout` ms. */
  settled(timeout: number): Promise<CellOutcome[]>;
  /** The value of a name, written out; null where the notebook has no such name. */
  value(name: string): Promise<ValueFile | null>;
}

export function createAutomation(options: {
  readonly show: (
    open: (context: OpenContext) => Promise<Opened>,
    prepare?: (session: Session) => Promise<void>,
  ) => Promise<Frame>;
  readonly fetch: typeof fetch;
  readonly base: string;
  /** The notebook that is open or just opening. */
  readonly frame: () => Promise<Frame | null>;
}): Automation {
  async function stage() {
    const frame = await options.frame();
    await frame?.opened;
    const api = frame?.stage();
    if (!api) throw workError("no notebook is open");
    return api;
  }
  return {
    async open(path, { attach = {} } = {}) {
      const route = readRoute(`#open=${encodeURIComponent(path)}`);
      if (route.view !== "shipped") throw argumentError(`not a path: ${path}`);
      const frame = await options.show(
        (context) => openShipped(route.path, context),
        async (session) => {
          for (const [name, source] of Object.entries(attach)) {
            let blob = source;
            if (typeof blob === "string") {
              const response = await options.fetch(new URL(blob, options.base).href);
              if (!response.ok) throw argumentError(`could not be fetched: ${String(source)}`);
              blob = await response.blob();
            }
            await session.attach(name, blob);
          }
        },
      );
      await frame.opened;
      if (frame.run.state !== "live") await frame.run.run();
    },
    settled: async (timeout) => (await stage()).settled(timeout),
    value: async (name) => (await stage()).value(name),
  };
}
