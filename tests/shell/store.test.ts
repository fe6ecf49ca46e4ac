import "fake-indexeddb/auto";
import { IDBFactory, IDBOpenDBRequest } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { idbShelf } from "../../src/shell/idb-shelf.ts";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import { openShelf } from "../../src/shell/open-shelf.ts";
import type { NotebookRecord } from "../../src/shell/records.ts";
import { createStore, versionsKept } from "../../src/shell/store.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

const record = (id: string, text = "text", updated = 1): NotebookRecord => ({
  id,
  title: `Title of ${id}`,
  text,
  originText: text,
  created: 1,
  updated,
  origin: { kind: "shipped", path: "notebooks/a.html" },
  base: "notebooks/",
  trusted: true,
});

describe.each([
  ["IndexedDB", () => idbShelf()],
  ["memory", async () => memoryShelf()],
])("a store on %s", (_name, shelf) => {
  test("keeps notebooks, the latest edit first", async () => {
    const store = createStore(await shelf());
    await store.put(record("a", "one", 1));
    await store.put(record("b", "two", 5));
    expect((await store.notebooks()).map(({ id }) => id)).toEqual(["b", "a"]);
    expect((await store.notebook("a"))?.text).toBe("one");
    expect(await store.notebook("c")).toBeNull();
  });

  test("keeps the last 50 versions of each notebook, newest first, equal ones once", async () => {
    const store = createStore(await shelf());
    for (let i = 1; i <= 60; ++i) {
      await store.put(record("a", `a${i}`, i), { version: true });
      if (i % 20 === 0) await store.put(record("b", `b${i}`, i), { version: true });
    }
    await store.put(record("a", "a60", 61), { version: true });
    const versions = await store.versions("a");
    expect(versions).toHaveLength(versionsKept);
    expect(versions[0]).toMatchObject({ text: "a60", at: 60 });
    expect(versions.at(-1)).toMatchObject({ text: "a11", at: 11 });
    expect((await store.versions("b")).map(({ text }) => text)).toEqual(["b60", "b40", "b20"]);
  });

  test("removes a notebook with all that belongs to it, and brings it back", async () => {
    const store = createStore(await shelf());
    await store.put(record("a", "one"), { version: true });
    await store.put(record("ab", "other"), { version: true });
    const blob = new Blob(["gene_id,s1\n"]);
    await store.putFile({ notebookId: "a", name: "c.csv", blob, size: blob.size, added: 3 });
    const bundle = await store.remove("a");
    expect(await store.notebook("a")).toBeNull();
    expect(await store.files("a")).toEqual([]);
    expect(await store.versions("a")).toEqual([]);
    expect(await store.versions("ab")).toHaveLength(1);
    await store.putBundle(bundle!);
    expect((await store.notebook("a"))?.text).toBe("one");
    expect(await store.versions("a")).toHaveLength(1);
    const [file] = await store.files("a");
    expect(file).toMatchObject({ name: "c.csv", size: 11 });
    expect(await file.blob.text()).toBe("gene_id,s1\n");
  });

  test("counts what each notebook takes, in bytes of UTF-8", async () => {
    const store = createStore(await shelf());
    await store.put(record("a", "µ"), { version: true });
    const blob = new Blob([new Uint8Array(1000)]);
    await store.putFile({ notebookId: "a", name: "x", blob, size: 1000, added: 1 });
    const [size] = await store.sizes();
    expect(size).toMatchObject({ text: 4, versions: 2, files: 1000 });
  });

  test("a guard that refuses leaves everything as it was", async () => {
    const store = createStore(await shelf());
    await store.put(record("a", "mine"));
    await store.putLease("a", { owner: "other tab", until: 10 });
    const guard = {
      store: "leases" as const,
      key: "a",
      check(value: unknown) {
        if ((value as { owner: string }).owner !== "me") throw new Error("taken");
      },
    };
    await expect(store.put(record("a", "theirs"), { version: true, guard })).rejects.toThrow(
      "taken",
    );
    expect((await store.notebook("a"))?.text).toBe("mine");
    expect(await store.versions("a")).toEqual([]);
  });

  test("erases everything", async () => {
    const store = createStore(await shelf());
    await store.put(record("a"), { version: true });
    await store.eraseAll();
    expect(await store.notebooks()).toEqual([]);
    expect(await store.versions("a")).toEqual([]);
  });
});

describe("a browser that keeps nothing", () => {
  test("without IndexedDB the page works in memory and says why", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const { shelf, problem } = await openShelf();
    expect(shelf.durable).toBe(false);
    expect(problem).toMatchObject({ name: "StorageError" });
    expect(problem?.details.help).toMatch(/save to disk/i);
  });

  test("an open that fails is a StorageError with what to do", async () => {
    vi.stubGlobal("indexedDB", {
      open() {
        throw new DOMException("denied", "SecurityError");
      },
    });
    const { shelf, problem } = await openShelf();
    expect(shelf.durable).toBe(false);
    expect(problem?.message).toContain("keeps nothing");
  });

  test("a database of a newer version is not touched", async () => {
    const request = indexedDB.open("engrailed", 99);
    await new Promise<void>((resolve) => {
      request.addEventListener("success", () => {
        request.result.close();
        resolve();
      });
    });
    const { problem } = await openShelf();
    expect(problem?.message).toContain("newer version");
    expect(problem?.details.help).toMatch(/reload/i);
  });

  test("an upgrade that another tab blocks is given up in time", async () => {
    vi.stubGlobal("indexedDB", { open: () => new IDBOpenDBRequest() });
    const { shelf, problem } = await openShelf({ patience: 20 });
    expect(shelf.durable).toBe(false);
    expect(problem?.details.help).toMatch(/close the other tabs/i);
  });

  test("a full disk is a StorageError that says how to make room", async () => {
    const shelf = await idbShelf();
    const put = vi
      .spyOn(Object.getPrototypeOf(await rawStore()) as IDBObjectStore, "put")
      .mockImplementation(() => {
        throw new DOMException("no room", "QuotaExceededError");
      });
    await expect(createStore(shelf).put(record("a"))).rejects.toMatchObject({
      name: "StorageError",
      message: expect.stringContaining("full") as string,
      details: { help: expect.stringContaining("Where is my data?") as string },
    });
    put.mockRestore();
    await createStore(shelf).put(record("a"));
    expect(await createStore(shelf).notebook("a")).not.toBeNull();
  });
});

async function rawStore(): Promise<IDBObjectStore> {
  const request = indexedDB.open("engrailed");
  const db = await new Promise<IDBDatabase>((resolve) => {
    request.addEventListener("success", () => resolve(request.result));
  });
  const store = db.transaction("notebooks").objectStore("notebooks");
  db.close();
  return store;
}
