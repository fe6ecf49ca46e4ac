import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Precache } from "../../src/shell/service-worker.ts";

const base = "https://example.org/app/";
type Listener = (event: Record<string, unknown>) => void;

/** Caches as a browser has them, of whole responses. */
function cacheStorage() {
  const stores = new Map<string, Map<string, Response>>();
  const keyOf = (key: string | Request) => (typeof key === "string" ? key : key.url);
  const open = async (name: string) => {
    if (!stores.has(name)) stores.set(name, new Map());
    const store = stores.get(name)!;
    return {
      match: async (key: string | Request) => store.get(keyOf(key))?.clone(),
      put: async (key: string | Request, response: Response) => {
        const bytes = await response.arrayBuffer();
        store.set(keyOf(key), new Response(bytes, { headers: response.headers }));
      },
      keys: async () => [...store.keys()].map((url) => ({ url })),
      delete: async (key: string | Request) => store.delete(keyOf(key)),
    };
  };
  return {
    open,
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (key: string) => {
      for (const store of stores.values()) if (store.has(key)) return store.get(key)!.clone();
      return undefined;
    },
  };
}

let site: Map<string, string>;
let caches: ReturnType<typeof cacheStorage>;
let requests: string[];
let online: boolean;

const kept = (path: string, text: string) => ({
  path,
  size: text.length,
  hash: createHash("sha256").update(text).digest("hex"),
});

const precacheOf = (version: string): Precache => ({
  version,
  shell: ["index.html", `assets/main-${version}.js`].map((path) => kept(path, site.get(path)!)),
  rest: [...site]
    .filter(([path]) => path.startsWith("data/"))
    .map(([path, text]) => kept(path, text)),
});

/** Starts a worker of that version, as a browser evaluates its script. */
async function start(precache: Precache) {
  const listeners = new Map<string, Listener>();
  let skipped = false;
  vi.stubGlobal("self", {
    __PRECACHE: precache,
    location: new URL("service-worker.js", base),
    clients: { claim: async () => undefined },
    skipWaiting: async () => {
      skipped = true;
    },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
  });
  vi.resetModules();
  await import("../../src/shell/service-worker.ts");
  const dispatch = async (type: string, more: Record<string, unknown> = {}) => {
    const waits: Promise<unknown>[] = [];
    let response: Promise<Response> | undefined;
    listeners.get(type)!({
      ...more,
      waitUntil: (promise: Promise<unknown>) => waits.push(promise),
      respondWith: (answer: Promise<Response>) => (response = answer),
    });
    const answer = await response;
    await Promise.all(waits);
    return answer;
  };
  return {
    install: () => dispatch("install"),
    activate: () => dispatch("activate"),
    get: (path: string, init: { mode?: string; method?: string; range?: boolean } = {}) =>
      dispatch("fetch", {
        request: {
          method: init.method ?? "GET",
          url: path.includes(":") ? path : base + path,
          mode: init.mode ?? "cors",
          headers: new Headers(init.range ? { range: "bytes=0-1" } : {}),
        },
      }),
    ask: async (data: unknown) => {
      let reply: unknown;
      await dispatch("message", {
        data,
        ports: [{ postMessage: (value: unknown) => (reply = value) }],
      });
      return reply;
    },
    skipped: () => skipped,
  };
}

beforeEach(() => {
  site = new Map([
    ["index.html", "<page 1>"],
    ["assets/main-1.js", "one"],
    ["data/a.gz", "data a"],
    ["data/b.gz", "data b"],
  ]);
  caches = cacheStorage();
  requests = [];
  online = true;
  vi.stubGlobal("caches", caches);
  vi.stubGlobal("fetch", async (input: string | { url: string }) => {
    const url = typeof input === "string" ? input : input.url;
    requests.push(url.slice(base.length));
    if (!online) throw new TypeError("failed to fetch");
    const text = site.get(url.slice(base.length));
    return new Response(text ?? "", { status: text === undefined ? 404 : 200 });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function ready(version = "1") {
  const worker = await start(precacheOf(version));
  await worker.install();
  await worker.activate();
  requests.length = 0;
  return worker;
}

describe("without a network", () => {
  test("the page and all of its shell open", async () => {
    const worker = await ready();
    online = false;
    for (const path of ["", "index.html", "?utm=1"])
      expect(await (await worker.get(path, { mode: "navigate" }))!.text()).toBe("<page 1>");
    expect(await (await worker.get("assets/main-1.js"))!.text()).toBe("one");
    expect(requests).toEqual([]);
  });

  test("a file that was fetched once is there; one that was not is an error", async () => {
    const worker = await ready();
    expect(await (await worker.get("data/a.gz"))!.text()).toBe("data a");
    expect(requests).toEqual(["data/a.gz"]);
    online = false;
    expect(await (await worker.get("data/a.gz"))!.text()).toBe("data a");
    await expect(worker.get("data/b.gz")).rejects.toThrow();
  });
});

describe("what is left alone", () => {
  test.each([
    ["another site", "https://other.example/x", {}],
    ["a post", "data/a.gz", { method: "POST" }],
    ["a range", "data/a.gz", { range: true }],
    ["an address with a query", "data/a.gz?d=secret", {}],
    ["a file that the build doesn't know", "test/notebook.html", {}],
    ["a page below", "other/page.html", { mode: "navigate" }],
  ])("%s", async (_name, path, init) => {
    const worker = await ready();
    expect(await worker.get(path, init)).toBeUndefined();
    expect(requests).toEqual([]);
  });
});

describe("never a mixture", () => {
  test("an install that meets another build's file fails and leaves nothing", async () => {
    const precache = precacheOf("1");
    site.set("index.html", "<page 2>");
    const worker = await start(precache);
    await expect(worker.install()).rejects.toThrow("not the built file");
    expect((await caches.keys()).sort()).toEqual([]);
  });

  test("a newer data file is answered but not kept by the older worker", async () => {
    const worker = await ready();
    site.set("data/a.gz", "newer");
    expect(await (await worker.get("data/a.gz"))!.text()).toBe("newer");
    expect(await worker.ask({ type: "contents" })).toMatchObject({
      rest: [
        { path: "data/a.gz", kept: false },
        { path: "data/b.gz", kept: false },
      ],
    });
  });

  test("an update takes what is the same, keeps unchanged data and drops the rest", async () => {
    const first = await ready();
    await first.get("data/a.gz");
    await first.get("data/b.gz");
    site.set("index.html", "<page 2>");
    site.set("assets/main-2.js", "two");
    site.set("data/b.gz", "data b, mended");
    const second = await ready("2");
    online = false;
    expect(await (await second.get("", { mode: "navigate" }))!.text()).toBe("<page 2>");
    expect(await (await second.get("data/a.gz"))!.text()).toBe("data a");
    await expect(second.get("data/b.gz")).rejects.toThrow();
    expect(await (await second.get("assets/main-1.js"))!.text()).toBe("one");
  });

  test("a new version waits until the page says so", async () => {
    const worker = await start(precacheOf("1"));
    await worker.install();
    expect(worker.skipped()).toBe(false);
    await worker.ask({ type: "activate" });
    expect(worker.skipped()).toBe(true);
  });

  test("only the version before the present one is kept beside it", async () => {
    for (const version of ["1", "2", "3"]) {
      site.set(`assets/main-${version}.js`, version);
      await ready(version);
    }
    expect((await caches.keys()).sort()).toEqual([
      "engrailed-rest",
      "engrailed-shell-2",
      "engrailed-shell-3",
    ]);
  });
});

describe("keeping by hand", () => {
  test("bytes that the page fetched are kept when they are the shipped ones", async () => {
    const worker = await ready();
    expect(await worker.ask({ type: "keep", path: "data/a.gz", blob: new Blob(["data a"]) })).toBe(
      true,
    );
    expect(await worker.ask({ type: "keep", path: "data/b.gz", blob: new Blob(["wrong"]) })).toBe(
      false,
    );
    expect(await worker.ask({ type: "keep", path: "../x", blob: new Blob(["x"]) })).toBe(false);
    online = false;
    expect(await (await worker.get("data/a.gz"))!.text()).toBe("data a");
  });

  test("what the browser's cache has is harvested, and forgotten on request", async () => {
    const worker = await ready();
    expect(await worker.ask({ type: "harvest" })).toBe(2);
    await worker.ask({ type: "forget" });
    online = false;
    expect(await worker.ask({ type: "harvest" })).toBe(0);
  });
});
