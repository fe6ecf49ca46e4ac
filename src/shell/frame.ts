import { fromPlain } from "../base/errors.ts";
import { createBanners } from "./banners.ts";
import { chooseFiles } from "./choose-files.ts";
import type { ShellContext } from "./context.ts";
import { dataPanel } from "./data-panel.ts";
import { h } from "./element.ts";
import { frameBanners } from "./frame-banners.ts";
import { frameMenu } from "./frame-menu.ts";
import { attachFiles } from "./attach-files.ts";
import { historyPanel } from "./history-panel.ts";
import { importCells, type ImportPlan } from "./import-cells.ts";
import { createNotebookFiles, nameFor } from "./notebook-files.ts";
import { createNotebookRun, type NotebookRun } from "./notebook-run.ts";
import { outlinePanel } from "./outline-panel.ts";
import type { ShellDuties } from "./ports.ts";
import { saveNotebook } from "./save-notebook.ts";
import { savedWords } from "./saved-words.ts";
import type { Session } from "./session.ts";
import { sidePanel } from "./side-panel.ts";
import { createStageHost } from "./stage-host.ts";
import { statusLine } from "./status-line.ts";
import { topBar } from "./top-bar.ts";

/** The open notebook with everything around it. */
export interface Frame {
  readonly session: Session;
  readonly run: NotebookRun;
  /** Resolves when the notebook stands in the stage, running or waiting. */
  readonly opened: Promise<void>;
  readonly stage: () => ReturnType<typeof createStageHost>["api"];
  takeFiles(files: readonly File[], name?: string): Promise<void>;
  attach(file: File, name: string): Promise<void>;
  /** The notebook has, or misses, a file of such a name: these are to be attached as they are. */
  wants(files: readonly File[]): Promise<boolean>;
  /** Attaches the files and adds cells that read them at the end; runs them where the notebook runs. */
  addImport(plan: ImportPlan): Promise<void>;
  close(): Promise<void>;
}

/** Builds the frame around the notebook and opens it in a stage. */
export function mountFrame(root: HTMLElement, session: Session, context: ShellContext): Frame {
  const { realms, theme, notices, offline, clock } = context;
  const container = h("div", { class: "stage-container" });
  const banners = createBanners();
  let busy = false;
  let stageRunning = 0;

  const status = statusLine(() => void context.update());
  const outline = outlinePanel((cellId) => {
    if (matchMedia("(max-width: 720px)").matches) panel.close();
    void host.api?.reveal(cellId);
  });
  const files = createNotebookFiles({
    session,
    documents: context.documents,
    engine: realms.engine,
    base: context.base,
    fetch: context.fetch,
    onFetched: (path, blob) => offline.keep(path, blob),
  });
  const attaching = attachFiles({
    files,
    session,
    notices,
    run: () => run,
    insert,
    onChange: () => void data.refresh(),
  });
  const data = dataPanel({
    files: files.list,
    catalog: () => realms.engine.catalog(),
    insert,
    attach: (name) => void attaching.choose(name).catch(notices.error),
    detach: (name) =>
      void files
        .detach(name)
        .then(() => data.refresh())
        .catch(notices.error),
  });
  const history = historyPanel({
    session,
    documents: context.documents,
    now: () => clock.now(),
    onRestored: (undo) =>
      notices.show({ text: "Version restored.", actions: [{ label: "Undo", run: undo }] }),
    onRevert: revert,
  });
  const panel = sidePanel(
    [
      { name: "outline", label: "Outline", element: outline.element },
      { name: "data", label: "Data", element: data.element, onShow: () => void data.refresh() },
      {
        name: "history",
        label: "History",
        element: history.element,
        onShow: () => void history.refresh(),
      },
    ],
    () => draw(),
  );

  const duties: ShellDuties = {
    ready() {},
    changed(text) {
      session.edit(text);
    },
    status(next) {
      stageRunning = next.running;
      status.stage(next);
      if (panel.open && panel.tab === "data") void data.refresh();
      draw();
    },
    outline: outline.set,
    run: () => report(run.run()),
    save,
    dropped: (dropped) => void context.takeFiles(dropped).catch(notices.error),
    attach: (name) => void attaching.choose(name).catch(notices.error),
    failed: (error) => notices.error(fromPlain(error)),
  };
  const host = createStageHost({
    realms,
    container,
    duties,
    clock,
    onBusy(next) {
      if (busy === next) return;
      busy = next;
      draw();
    },
  });
  const run = createNotebookRun({
    session,
    files,
    host,
    dark: () => theme.dark,
    onChange: () => draw(),
    onWork: status.work,
    clock,
  });
  const report = (work: Promise<unknown>) => void work.catch(notices.error);

  const bar = topBar({
    onHome: () => context.go({ view: "home" }),
    onPanel: () => panel.toggle(),
    onTitle: (title) => session.rename(title),
    onRun: () => report(run.run()),
    onStop: () => report(stop()),
    onFork: () => report(fork()),
    onSave: save,
    menu: () =>
      frameMenu({
        session,
        theme,
        history: () => panel.show("history"),
        revert,
        fork: () => report(fork()),
        save,
        saveReport: () => report(saveAsReport()),
        flush: host.flush,
        attach: () => report(attaching.choose()),
        read() {
          realms.engine.expectFiles();
          report(chooseFiles({ multiple: true }).then(context.takeFiles));
        },
        palette: () => void host.api?.command("palette"),
      }),
  });
  const element = h(
    "div",
    { class: "frame" },
    bar.element,
    banners.element,
    h("div", { class: "frame-body" }, panel.element, h("main", { class: "stage-main" }, container)),
    status.element,
  );

  function insert(text: string): void {
    if (session.state.readOnly) return;
    void host.api?.insert(text);
    if (matchMedia("(max-width: 720px)").matches) panel.close();
  }

  async function addImport(plan: ImportPlan): Promise<void> {
    await host.flush();
    const notebook = context.documents.parse(session.text);
    const last = Math.max(0, ...notebook.cells.map((cell) => cell.id));
    const taken = (name: string) =>
      notebook.cells.some(({ value }) => new RegExp(`\\b${name}\\b`).test(value));
    const added = importCells(plan, { level: 2, taken }).map((cell, i) => ({
      ...cell,
      id: last + 1 + i,
    }));
    const chosen = Object.values(plan.files).flat();
    for (const { name, blob } of chosen) await session.attach(name, blob);
    await files.prepare();
    const undo = session.replace(
      context.documents.format({ ...notebook, cells: [...notebook.cells, ...added] }),
    );
    void data.refresh();
    notices.show({
      text: `Added ${plan.found.title}, at the end of this notebook.`,
      actions: [
        { label: "Show", run: () => void host.api?.reveal(last + 1) },
        { label: "Undo", run: undo },
      ],
    });
  }

  function save(): void {
    report(host.flush().then(() => saveNotebook(session, context)));
  }

  async function saveAsReport(): Promise<void> {
    await host.flush();
    const { saveReport } = await import("./report/save-report.ts");
    const { api } = host;
    const live = run.state === "live" && api;
    await saveReport({
      title: session.record.title,
      at: clock.now(),
      cells: live ? () => live.report() : null,
      notices,
    });
  }

  async function stop(): Promise<void> {
    if (!busy) await host.flush();
    await run.stop();
  }

  async function fork(): Promise<void> {
    await host.flush();
    const id = await session.fork();
    context.go({ view: "own", id });
    notices.show({ text: "This is your own copy. The one it came from stays as it was." });
  }

  function revert(): void {
    const undo = session.revert();
    notices.show({
      text: "Back to the original. Your text stays in History.",
      actions: [{ label: "Undo", run: undo }],
    });
  }

  function draw(): void {
    const state = session.state;
    document.title = `${state.record.title} · Engrailed`;
    bar.set({
      title: state.record.title,
      saved: savedWords(state, context.store.durable, clock.now()),
      savedBadly: state.saved === "failed" || !context.store.durable,
      readOnly: state.readOnly,
      running: busy || run.state === "preparing" || (run.state === "live" && stageRunning > 0),
      waiting: run.state === "waiting" || run.state === "stopped",
      panel: panel.open,
    });
    element.classList.toggle("with-panel", panel.open);
    status.rest(
      { waiting: "Not run", preparing: "Opening", live: "Ready", stopped: "Stopped" }[run.state],
    );
    frameBanners(banners, {
      state,
      run: run.state,
      busy,
      durable: context.store.durable,
      onRun: () => report(run.run()),
      onStop: () => report(stop()),
      onTakeOver: () => report(session.takeOver()),
      onRefresh: () => report(session.refresh()),
      onSave: save,
      onRevert: revert,
    });
  }

  const drawConnection = () => status.connection(navigator.onLine, offline.update);
  const life = new AbortController();
  const { signal } = life;
  let readOnly = session.state.readOnly;
  const ends = [
    session.onChange((event) => {
      if (event === "text") report(run.reopen());
      if (session.state.readOnly !== readOnly) {
        readOnly = session.state.readOnly;
        void host.api?.setReadOnly(readOnly);
      }
      if (
        event === "state" &&
        panel.open &&
        panel.tab === "history" &&
        session.state.saved === "saved"
      )
        void history.refresh();
      draw();
    }),
    theme.onChange((dark) => void host.api?.setDark(dark)),
    offline.onChange(drawConnection),
  ];
  void realms.engine.onStatus((next) => {
    if (signal.aborted) return;
    status.engine(next);
    if (panel.open && panel.tab === "data") void data.refresh();
  });
  const flush = () => void session.flush().catch(() => undefined);
  window.addEventListener("pagehide", () => void session.leave().catch(() => undefined), {
    signal,
  });
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "hidden" && flush(),
    { signal },
  );
  window.addEventListener("online", drawConnection, { signal });
  window.addEventListener("offline", drawConnection, { signal });
  window.addEventListener(
    "beforeunload",
    (event) => {
      const { saved, edited, readOnly } = session.state;
      if (!readOnly && (saved === "failed" || (!context.store.durable && edited)))
        event.preventDefault();
    },
    { signal },
  );
  window.addEventListener(
    "keydown",
    (event) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      if (event.key === "s") {
        event.preventDefault();
        save();
      }
      if (event.key === "k") {
        event.preventDefault();
        void host.api?.command("palette");
      }
    },
    { signal },
  );
  let cancelTick: () => void = () => undefined;
  const tick = () => {
    cancelTick = clock.after(20_000, () => {
      draw();
      tick();
    });
  };
  tick();

  root.replaceChildren(element);
  draw();
  drawConnection();
  const opened = run.start();
  opened.catch((error: unknown) => {
    notices.error(error);
    draw();
  });

  return {
    session,
    run,
    opened,
    stage: () => host.api,
    takeFiles: (list, name) => attaching.take(list, name),
    async attach(file, name) {
      await files.attach(file, name);
    },
    async wants(list) {
      const names = (await files.list()).map((file) => file.name);
      return list.some((file) => names.includes(nameFor(file.name, names)));
    },
    addImport,
    async close() {
      life.abort();
      cancelTick();
      await host.flush();
      for (const end of ends) end();
      run.close();
      element.remove();
      await session.close();
      realms.engine.attach([]).catch(() => undefined);
    },
  };
}
