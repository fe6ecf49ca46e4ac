import { beforeEach, describe, expect, test } from "vitest";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import {
  draftId,
  openFile,
  openNew,
  openOwn,
  openShipped,
  type OpenContext,
} from "../../src/shell/open.ts";
import { createStore, type Store } from "../../src/shell/store.ts";
import { notebookText, plainDocuments } from "./support/documents.ts";

let store: Store;
let context: OpenContext;
let respond: () => Promise<Response>;

beforeEach(() => {
  store = createStore(memoryShelf());
  respond = async () => new Response(notebookText("Shipped", "1"));
  context = {
    store,
    documents: plainDocuments,
    base: "https://example.org/app/",
    now: 7,
    fetch: () => respond(),
  };
});

describe("a shipped notebook", () => {
  test("opens to run, with its folder, and is not kept", async () => {
    const { record, kept } = await openShipped("notebooks/a.html", context);
    expect(record).toMatchObject({
      id: draftId("notebooks/a.html"),
      title: "Shipped",
      base: "notebooks/",
      trusted: true,
    });
    expect(kept).toBe(false);
    expect(await store.notebooks()).toEqual([]);
  });

  test.each([
    ["is missing", async () => new Response("", { status: 404 }), /no such notebook/],
    ["is refused", async () => new Response("", { status: 503 }), /503/],
    ["can't be reached", () => Promise.reject(new TypeError("x")), /could not be fetched/],
    ["is broken", async () => new Response("<p>hello"), /not a notebook/],
  ])("that %s is a sentence, not a crash", async (_name, answer, message) => {
    respond = answer as () => Promise<Response>;
    await expect(openShipped("notebooks/a.html", context)).rejects.toThrow(message);
  });

  test("whose original can't be reached still opens as the reader's draft", async () => {
    const { record } = await openShipped("notebooks/a.html", context);
    await store.put({ ...record, text: notebookText("Mine", "2") });
    respond = () => Promise.reject(new TypeError("offline"));
    const again = await openShipped("notebooks/a.html", context);
    expect(again).toMatchObject({ kept: true, newer: null });
    expect(again.record.text).toContain("Mine");
  });
});

describe("a file", () => {
  const file = (text: string, name = "theirs.html") => new File([text], name);

  test("from elsewhere is kept as the reader's own and is not trusted", async () => {
    const { record } = await openFile(file(notebookText("Theirs", "1")), context);
    expect(record).toMatchObject({ trusted: false, origin: { kind: "file", name: "theirs.html" } });
    expect((await openOwn(record.id, context)).record).toEqual(record);
  });

  test("that is broken is refused with its name and place, and nothing is kept", async () => {
    await expect(openFile(file("<notebook><title>x</title>"), context)).rejects.toMatchObject({
      name: "ReadError",
      details: { file: "theirs.html", line: 1 },
    });
    expect(await store.notebooks()).toEqual([]);
  });

  test("that is too large for a notebook is refused before it is read", async () => {
    const large = Object.defineProperty(file(""), "size", { value: 1e9 });
    await expect(openFile(large, context)).rejects.toThrow(/too large/);
  });
});

test("an own notebook that is gone says so", async () => {
  await expect(openOwn("nothing", context)).rejects.toThrow(/no such notebook is kept/);
});

test("a new notebook is kept at once and may run", async () => {
  const { record } = await openNew(context);
  expect(record).toMatchObject({ title: "Untitled", origin: null, trusted: true });
  expect(await store.notebook(record.id)).toEqual(record);
});
