import { beforeEach, describe, expect, test } from "vitest";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import { createNotebookFiles } from "../../src/shell/notebook-files.ts";
import { createNotebookRun, type NotebookRun } from "../../src/shell/notebook-run.ts";
import type { NotebookRecord } from "../../src/shell/records.ts";
import type { Lease } from "../../src/shell/lease.ts";
import type { Realms } from "../../src/shell/ports.ts";
import { Session } from "../../src/shell/session.ts";
import { createStageHost } from "../../src/shell/stage-host.ts";
import { createStore } from "../../src/shell/store.ts";
import { heldClock, settle } from "./support/clock.ts";
import { noImports } from "./support/imports.ts";
import { notebookText, plainDocuments } from "./support/documents.ts";

/** What happened, in order: files told to the engine, calls of the stages, ends. */
let log: string[];
let busy: boolean[];
let hang: boolean;
let clock: ReturnType<typeof heldClock>;
let arrive: Map<string, (response: Response) => void>;

const lease: Lease = {
  state: "held",
  guard: undefined,
  onChange: () => () => undefined,
  takeOver: async () => undefined,
  announce: () => undefined,
  farewell: () => undefined,
  release: async () => undefined,
};

beforeEach(() => {
  log = [];
  busy = [];
  hang = false;
  clock = heldClock();
  arrive = new Map();
});

async function open({ trusted = true, cells = ['FileAttachment("a.csv")'] } = {}) {
  const text = notebookText("N", ...cells);
  const record: NotebookRecord = {
    id: "n",
    title: "N",
    text,
    originText: text,
    created: 1,
    updated: 1,
    origin: null,
    base: "notebooks/",
    trusted,
  };
  const store = createStore(memoryShelf());
  await store.put(record);
  const session = await Session.open({
    opened: { record, kept: true, newer: null },
    store,
    documents: plainDocuments,
    clock,
    takeLease: async () => lease,
  });
  let stages = 0;
  const realms: Realms = {
    engine: {
      attach: async (files) => {
        log.push(`attach ${files.map(({ name, blob }) => name + (blob ? "" : "?")).join()}`);
      },
      attachOne: async ({ name }) => void log.push(`attach one ${name}`),
      onStatus: () => undefined,
      catalog: async () => [],
      ...noImports,
    },
    broken: new Promise(() => {}),
    openStage: async () => {
      const n = ++stages;
      const call =
        (name: string) =>
        async (...parameters: unknown[]) => {
          const [first] = parameters as [{ run?: boolean; reason?: string } | string];
          const words =
            typeof first === "object" ? `run=${first.run} ${first.reason ?? ""}` : String(first);
          log.push(`stage ${n} ${name} ${words}`.trim());
        };
      return {
        api: new Proxy({}, { get: (_, name: string) => call(name) }) as never,
        ping: () => (hang ? new Promise(() => undefined) : Promise.resolve()),
        close: () => log.push(`stage ${n} closed`),
      };
    },
  };
  const host = createStageHost({
    realms,
    container: {} as HTMLElement,
    duties: {} as never,
    clock,
    onBusy: (next) => busy.at(-1) !== next && busy.push(next),
  });
  const files = createNotebookFiles({
    session,
    documents: plainDocuments,
    engine: realms.engine,
    base: "https://example.org/app/",
    fetch: (input) => new Promise((resolve) => arrive.set(String(input), resolve)),
    onFetched: () => undefined,
  });
  const run: NotebookRun = createNotebookRun({
    session,
    files,
    host,
    clock,
    dark: () => false,
    onChange: () => undefined,
    onWork: (progress) => progress && log.push(progress.label),
  });
  return { run, session, files, host };
}

const address = "https://example.org/app/notebooks/a.csv";

describe("opening", () => {
  test("files that come at once are there before any cell runs", async () => {
    const { run } = await open();
    const starting = run.start();
    await settle();
    arrive.get(address)!(new Response("x"));
    await settle();
    await starting;
    expect(log.filter((line) => !line.startsWith("fetching"))).toEqual([
      "attach a.csv",
      "stage 1 open run=true",
    ]);
    expect(run.state).toBe("live");
  });

  test("when they take a while the text is shown first, and run when they are there", async () => {
    const { run } = await open();
    const starting = run.start();
    await clock.pass(400);
    expect(log).toEqual(["stage 1 open run=false"]);
    arrive.get(address)!(new Response("x"));
    await settle();
    await starting;
    expect(log.slice(1).filter((line) => !line.startsWith("fetching"))).toEqual([
      "attach a.csv",
      "stage 1 command run-all",
    ]);
  });

  test("a file that isn't there is told to the engine, and the cells run", async () => {
    const { run } = await open();
    const starting = run.start();
    await settle();
    arrive.get(address)!(new Response("", { status: 404 }));
    await settle();
    await starting;
    expect(log).toEqual(["attach a.csv?", "stage 1 open run=true"]);
  });

  test("a notebook from elsewhere fetches and runs nothing until the reader says so", async () => {
    const { run, session } = await open({ trusted: false });
    await run.start();
    expect(log).toEqual(["stage 1 open run=false elsewhere"]);
    expect(arrive.size).toBe(0);
    expect(run.state).toBe("waiting");
    const running = run.run();
    await settle();
    arrive.get(address)!(new Response("x"));
    await settle();
    await running;
    expect(log.at(-1)).toBe("stage 1 command run-all");
    expect(session.record.trusted).toBe(true);
  });

  test("the reader's own file wins over the page's, which is not even fetched", async () => {
    const { run, files } = await open();
    await files.attach(new File(["mine"], "a.csv"));
    await run.start();
    expect(arrive.size).toBe(0);
    expect(log).toContain("attach a.csv");
    expect(await files.list()).toMatchObject([{ name: "a.csv", size: 4, from: "own" }]);
  });

  test("each file is fetched once, however often the notebook is run", async () => {
    const { run } = await open();
    const starting = run.start();
    await settle();
    arrive.get(address)!(new Response("x"));
    await settle();
    await starting;
    arrive.clear();
    await run.run();
    await run.run();
    expect(arrive.size).toBe(0);
  });
});

describe("stopping", () => {
  test("throws the stage away and opens the latest text in another, without running", async () => {
    const { run, session } = await open({ cells: ["1"] });
    await run.start();
    session.edit(notebookText("N", "for (;;) {}"));
    await run.stop();
    expect(log.slice(1)).toEqual([
      "stage 1 open run=true",
      "stage 1 closed",
      "stage 2 open run=false stopped",
    ]);
    expect(run.state).toBe("stopped");
    expect(session.text).toContain("for (;;)");
    await run.run();
    expect(log.at(-1)).toBe("stage 2 command run-all");
  });

  test("while files are fetched ends the fetching, and nothing runs later", async () => {
    const { run } = await open();
    const starting = run.start();
    await clock.pass(400);
    await run.stop();
    arrive.get(address)!(new Response("x"));
    await settle();
    await Promise.race([starting, settle()]);
    expect(log.some((line) => line.includes("run=true") || line.includes("run-all"))).toBe(false);
    expect(run.state).toBe("stopped");
  });
});

describe("a cell that holds the thread", () => {
  test("is noticed after three seconds, and unnoticed when it lets go", async () => {
    const { run } = await open({ cells: ["1"] });
    await run.start();
    await clock.pass(5000);
    expect(busy).not.toContain(true);
    hang = true;
    await clock.pass(5000);
    expect(busy.at(-1)).toBe(true);
    hang = false;
    await run.stop();
    expect(busy.at(-1)).toBe(false);
    await clock.pass(10_000);
    expect(busy.at(-1)).toBe(false);
  });
});
