import { realClock, type Clock } from "./clock.ts";
import { createAutomation, type Automation } from "./automation.ts";
import type { ShellContext } from "./context.ts";
import { documents as shippedDocuments } from "./documents.ts";
import { acceptDrops } from "./drop.ts";
import { h } from "./element.ts";
import { mountFrame, type Frame } from "./frame.ts";
import { mountHome } from "./home.ts";
import { foreignAddress, showForeignAddress } from "./foreign-address.ts";
import { importCells, importTitle } from "./import-cells.ts";
import { keepingFetch } from "./keeping-fetch.ts";
import { takeLease } from "./lease.ts";
import { createNotices } from "./notices.ts";
import { startOffline, type Offline } from "./offline.ts";
import { openFile, openNew, openOwn, openShipped, type Opened } from "./open.ts";
import { openShelf } from "./open-shelf.ts";
import { persistOnce } from "./persist-once.ts";
import type { DocumentTools, Realms } from "./ports.ts";
import { routeOf } from "./route-of.ts";
import { hashOf, readRoute, type Route } from "./route.ts";
import { Session } from "./session.ts";
import { sortFiles } from "./sort-files.ts";
import { takeImport } from "./take-import.ts";
import { createStore, type Store } from "./store.ts";
import { createTheme, type Theme } from "./theme.ts";

export interface ShellOptions {
  readonly realms: Realms;
  readonly documents?: DocumentTools;
  /** The page's folder, with a slash at its end. */
  readonly base?: string;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly store?: Store;
  readonly offline?: Offline;
  readonly theme?: Theme;
}

export interface Shell {
  readonly automation: Automation;
  /** The notebook that is open, if any. */
  readonly frame: () => Frame | null;
  close(): Promise<void>;
}

/** Mounts the page: home, or the notebook that the address names, and follows the address from then on. */
export async function mountShell(page: HTMLElement, options: ShellOptions): Promise<Shell> {
  const root = h("div", { class: "shell" });
  page.replaceChildren(root);
  const base = options.base ?? new URL("./", document.baseURI).href;
  const theme = options.theme ?? createTheme();
  const notices = createNotices();
  const clock = options.clock ?? realClock;
  const { promise: rested, resolve: rest } = resolvable();
  const offline = options.offline ?? startOffline({ base, after: rested });
  const store = options.store ?? (await keptStore());
  const documents = options.documents ?? shippedDocuments;
  const get = keepingFetch(options.fetch ?? ((input, init) => fetch(input, init)), offline, base);

  void options.realms.broken.then(notices.error);

  let frame: Frame | null = null;
  let leave: () => Promise<void> | void = () => undefined;
  let turn = 0;
  let showing: Promise<unknown> = Promise.resolve();
  let opening = new AbortController();

  const context: ShellContext = {
    store,
    documents,
    realms: options.realms,
    theme,
    notices,
    offline,
    base,
    fetch: get,
    clock,
    go,
    takeFiles,
    async newNotebook() {
      await show((open) => openNew(open));
    },
    async update() {
      await frame?.session.flush();
      offline.applyUpdate();
    },
  };

  async function keptStore(): Promise<Store> {
    const { shelf, problem } = await openShelf({
      onOutdated: () =>
        notices.show({
          text: "Engrailed was updated in another tab.",
          help: "Reload this page to keep your changes in step.",
          stay: 0,
        }),
    });
    if (problem)
      notices.show({
        text: "Nothing can be kept in this browser window.",
        help: `${problem.message}. ${problem.details.help ?? ""}`,
        tone: "bad",
      });
    return createStore(shelf);
  }

  /** Leaves what is shown, opens a notebook and shows it; an error leaves the reader at home with the reason. */
  function show(
    open: (context: Parameters<typeof openNew>[0]) => Promise<Opened>,
    prepare?: (session: Session) => Promise<void>,
  ): Promise<Frame> {
    const shown = showNow(open, prepare);
    showing = shown.catch(() => undefined);
    return shown;
  }

  async function showNow(
    open: (context: Parameters<typeof openNew>[0]) => Promise<Opened>,
    prepare?: (session: Session) => Promise<void>,
  ): Promise<Frame> {
    const mine = ++turn;
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    root.setAttribute("aria-busy", "true");
    try {
      const opened = await open({
        store,
        documents,
        base,
        fetch: get,
        now: clock.now(),
        signal,
      });
      await depart();
      const session = await Session.open({
        opened,
        store,
        documents,
        clock,
        takeLease: (id, flush, onNotice) =>
          takeLease({
            store,
            id,
            flush,
            onNotice,
            clock,
            locks: globalThis.isSecureContext ? navigator.locks : undefined,
          }),
      });
      if (mine !== turn) {
        await session.close();
        throw new DOMException("stopped", "AbortError");
      }
      session.onChange(() => {
        if (session.state.saved === "saved" && session.state.edited) persistOnce();
      });
      await prepare?.(session);
      const shown = mountFrame(root, session, context);
      frame = shown;
      leave = () => shown.close();
      setHash(routeOf(opened.record));
      if (opened.notes?.length)
        notices.show({
          text: "The file holds what a notebook can't keep; your copy lacks it.",
          help: opened.notes.slice(0, 3).join("; "),
          stay: 0,
        });
      return shown;
    } finally {
      if (mine === turn) root.removeAttribute("aria-busy");
    }
  }

  async function depart(): Promise<void> {
    const last = leave;
    leave = () => undefined;
    frame = null;
    await last();
  }

  async function home(): Promise<void> {
    const mine = ++turn;
    opening.abort();
    await depart();
    if (mine === turn) leave = mountHome(root, context);
  }

  async function follow(): Promise<void> {
    let route: Route;
    try {
      route = readRoute(location.hash);
      if (route.view === "home") return await home();
      const { view } = route;
      const target = view === "shipped" ? route.path : route.id;
      await show((open) =>
        view === "shipped" ? openShipped(target, open) : openOwn(target, open),
      );
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return;
      if (!frame) await home();
      else setHash(null);
      notices.error(error);
    }
  }

  let current: string | null = null;

  /** Changes the address without following it again; null goes back to that of what is shown. */
  function setHash(route: Route | null): void {
    if (route && isRoute(location.hash, route)) current = location.hash;
    else if (route) current = hashOf(route);
    const hash = current ?? "";
    if (location.hash !== hash)
      history.pushState(null, "", hash || location.pathname + location.search);
  }

  function go(route: Route): void {
    const hash = hashOf(route);
    history.pushState(null, "", hash || location.pathname + location.search);
    current = hash;
    void follow();
  }

  async function takeFiles(files: readonly File[]): Promise<void> {
    const before = frame;
    try {
      const { notebooks, others } = await sortFiles(files);
      if (others.length > 0 && (before || notebooks.length === 0)) await takeData(others);
      if (notebooks.length > 0) await show((open) => openFile(notebooks[0], open));
      for (const extra of notebooks.slice(1)) {
        await openFile(extra, {
          store,
          documents,
          base,
          fetch: get,
          now: clock.now(),
        });
        notices.show({ text: `${extra.name} was added to your notebooks.` });
      }
      if (others.length > 0 && !before && notebooks.length > 0) await takeData(others);
    } catch (error) {
      notices.error(error);
    }
  }

  /** Attaches what the open notebook names, or what can't be read; anything else goes through the import panel. */
  async function takeData(files: readonly File[]): Promise<void> {
    const open = frame;
    if (open && (await open.wants(files))) return open.takeFiles(files);
    const choice = await takeImport({
      files,
      engine: options.realms.engine,
      notices,
      clock,
      here: open !== null && !open.session.state.readOnly,
    });
    if (choice === null) return;
    if (choice.where === "new") {
      const { plan } = choice;
      const cells = importCells(plan).map((cell, i) => ({ ...cell, id: i + 1 }));
      await show(
        (context) => openNew(context, { title: importTitle(plan.found), cells }),
        async (session) => {
          for (const { name, blob } of Object.values(plan.files).flat())
            await session.attach(name, blob);
        },
      );
    } else if (open && open === frame) {
      if (choice.where === "attach") await open.takeFiles(files);
      else await open.addImport(choice.plan);
    }
  }

  function takeText(text: string): boolean {
    const url = foreignAddress(text, base);
    if (url === null) return false;
    if (!document.querySelector("dialog[open]")) void showForeignAddress(url);
    return true;
  }

  const life = new AbortController();
  window.addEventListener(
    "popstate",
    () => {
      if (location.hash === current) return;
      current = location.hash;
      void follow();
    },
    { signal: life.signal },
  );
  const stopDrops = acceptDrops(document.body, {
    onFiles: (files) => {
      if (!document.querySelector("dialog[open]")) void takeFiles(files);
    },
    onText: takeText,
    onNear: () => options.realms.engine.expectFiles(),
    hint: () =>
      frame
        ? "Drop to attach to this notebook, to read data, or to open a notebook"
        : "Drop a notebook to open it, or data files to read them",
  });
  root.replaceChildren(h("p", { class: "opening", role: "status" }, "Opening…"));
  current = location.hash;
  clock.after(longestOpening, rest);
  await follow();
  void atRest(frame).then(rest, rest);

  return {
    automation: createAutomation({
      show,
      fetch: get,
      base,
      frame: async () => {
        await showing;
        return frame;
      },
    }),
    frame: () => frame,
    async close() {
      life.abort();
      stopDrops();
      ++turn;
      await depart();
    },
  };
}

/** How long the offline copy may wait for the first notebook, in ms. */
const longestOpening = 10_000;

/** Resolves when the notebook's cells have their first values; at once where there is no notebook. */
async function atRest(frame: Frame | null): Promise<void> {
  await frame?.opened;
  await frame?.stage()?.settled(longestOpening);
}

function resolvable(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function isRoute(hash: string, route: Route): boolean {
  try {
    return JSON.stringify(readRoute(hash)) === JSON.stringify(route);
  } catch {
    return false;
  }
}
