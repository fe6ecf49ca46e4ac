// @vitest-environment jsdom
import { File as NodeFile } from "node:buffer";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import { mountShell, type Shell } from "../../src/shell/mount-shell.ts";
import type { Offline } from "../../src/shell/offline.ts";
import type { Realms, ShellDuties } from "../../src/shell/ports.ts";
import { createStore, type Store } from "../../src/shell/store.ts";
import { noImports } from "./support/imports.ts";
import { notebookText, plainDocuments } from "./support/documents.ts";

const index = [
  { path: "notebooks/a.html", title: "A <b>first</b>", description: "Words.", records: 12789032 },
  { path: "notebooks/b.html", title: "Second", description: "More." },
  { nonsense: true },
];

let shell: Shell | null;
let store: Store;
let duties: ShellDuties | null;
let calls: unknown[][];

const offline: Offline = {
  possible: false,
  update: false,
  failed: false,
  onChange: () => () => undefined,
  contents: async () => null,
  keepAll: async () => undefined,
  keep: () => undefined,
  forget: async () => undefined,
  applyUpdate: () => undefined,
};

const realms: Realms = {
  engine: {
    attach: async () => undefined,
    attachOne: async () => undefined,
    onStatus: () => undefined,
    catalog: async () => [],
    ...noImports,
  },
  broken: new Promise(() => {}),
  openStage: async (_container, given) => {
    duties = given;
    return {
      api: new Proxy(
        {},
        {
          get:
            (_, name: string) =>
            async (...parameters: unknown[]) =>
              void calls.push([name, ...parameters]),
        },
      ) as never,
      ping: async () => undefined,
      close: () => undefined,
    };
  },
};

async function answer(input: RequestInfo | URL): Promise<Response> {
  const path = String(input).replace("https://example.org/app/", "");
  if (path === "notebooks/index.json") return new Response(JSON.stringify(index));
  if (path === "notebooks/a.html") return new Response(notebookText("A", "1"));
  return new Response("", { status: 404 });
}

async function mount(hash = ""): Promise<Shell> {
  history.replaceState(null, "", hash || "/");
  shell = await mountShell(document.body, {
    realms,
    documents: plainDocuments,
    base: "https://example.org/app/",
    fetch: answer,
    store,
    offline,
  });
  await vi.waitFor(() => expect(document.querySelector("[aria-busy]")).toBeNull());
  return shell;
}

/** A file with the methods that jsdom's lacks. */
const file = (text: string, name: string) => new NodeFile([text], name) as unknown as File;

const alertText = () => document.querySelector("[role=alert]")?.textContent ?? "";

beforeEach(() => {
  document.body.innerHTML = "";
  calls = [];
  duties = null;
  store = createStore(memoryShelf());
  vi.stubGlobal(
    "matchMedia",
    () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as unknown,
  );
});
afterEach(async () => {
  await shell?.close();
  shell = null;
  vi.unstubAllGlobals();
});

describe("home", () => {
  test("lists what ships, as text and never as markup, and links to it", async () => {
    await mount();
    const entries = [...document.querySelectorAll<HTMLAnchorElement>(".entry")];
    expect(entries.map((entry) => entry.querySelector(".entry-title")?.textContent)).toEqual([
      "A <b>first</b>",
      "Second",
    ]);
    expect(entries[0].getAttribute("href")).toBe("#open=notebooks/a.html");
    expect(entries[0].textContent).toContain("12.8 million records");
    expect(document.querySelector(".own")?.textContent).toMatch(/none yet/i);
  });

  test.each([
    ["#open=https%3A%2F%2Fevil.example%2Fx.html", /another site.*download/is],
    ["#open=..%2Fsecret.html", /outside this page's folder/i],
    ["#open=notebooks%2Fmissing.html", /no such notebook on this page/i],
    ["#id=gone", /no such notebook is kept/i],
  ])("says why %s was not opened", async (hash, message) => {
    await mount(hash);
    expect(document.querySelector(".home")).not.toBeNull();
    expect(alertText()).toMatch(message);
    expect(calls).toEqual([]);
  });
});

describe("an open notebook", () => {
  test("runs, keeps its edits as the reader's draft, and the home page lists it", async () => {
    const open = await mount("#open=notebooks/a.html");
    await open.frame()!.opened;
    expect(calls).toContainEqual([
      "open",
      expect.objectContaining({ run: true, text: notebookText("A", "1") }),
    ]);
    expect(document.querySelector(".saved")?.textContent).toBe("Original, not changed");
    duties!.changed(notebookText("A", "2"));
    expect(document.querySelector(".saved")?.textContent).toMatch(/memory|saving/i);
    document.querySelector<HTMLButtonElement>("[aria-label=Home]")!.click();
    await vi.waitFor(() => expect(document.querySelector(".own-title")?.textContent).toBe("A"));
    expect(await store.notebook("draft:notebooks/a.html")).toMatchObject({
      text: notebookText("A", "2"),
    });
  });

  test("a dropped notebook opens without running; a broken one is refused and the open one stays", async () => {
    const open = await mount("#open=notebooks/a.html");
    duties!.dropped([file("<!doctype html><notebook><title>x", "broken.html")]);
    await vi.waitFor(() => expect(alertText()).toContain("broken.html"));
    expect(open.frame()?.session.record.title).toBe("A");
    duties!.dropped([file(notebookText("Theirs", "1"), "theirs.html")]);
    await vi.waitFor(() => expect(open.frame()?.session.record.title).toBe("Theirs"));
    await open.frame()!.opened;
    expect(calls.at(-1)).toMatchObject(["open", { run: false, reason: "elsewhere" }]);
    expect(document.querySelector(".banners")?.textContent).toMatch(/has not been run/);
    expect(location.hash).toMatch(/^#id=/);
  });

  test("a dropped data file is attached under the name that the notebook uses", async () => {
    const open = await mount("#open=notebooks/a.html");
    await open.frame()!.opened;
    duties!.changed(notebookText("A", 'FileAttachment("data/counts.csv")'));
    duties!.dropped([file("x", "counts.csv")]);
    await vi.waitFor(async () =>
      expect((await open.frame()!.session.files()).map(({ name }) => name)).toEqual([
        "data/counts.csv",
      ]),
    );
  });
});
