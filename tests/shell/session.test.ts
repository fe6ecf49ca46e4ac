import { beforeEach, describe, expect, test } from "vitest";
import { storageError } from "../../src/base/errors.ts";
import { takeLease } from "../../src/shell/lease.ts";
import { memoryShelf } from "../../src/shell/memory-shelf.ts";
import { draftId, openShipped, type Opened } from "../../src/shell/open.ts";
import { Session } from "../../src/shell/session.ts";
import type { Shelf } from "../../src/shell/shelf.ts";
import { createStore, type Store } from "../../src/shell/store.ts";
import { channelHub } from "./support/channels.ts";
import { heldClock, settle } from "./support/clock.ts";
import { notebookText, plainDocuments } from "./support/documents.ts";
import { lockManager } from "./support/locks.ts";

const path = "notebooks/welcome.html";
const original = notebookText("Welcome", "1 + 1");

let clock: ReturnType<typeof heldClock>;
let shelf: Shelf;
let store: Store;
let hub: ReturnType<typeof channelHub>;
let locks: LockManager | undefined;
let refuse: Error | null;

beforeEach(() => {
  clock = heldClock();
  const memory = memoryShelf();
  refuse = null;
  shelf = {
    ...memory,
    write: async (operations, guard) => {
      if (refuse && operations.some((o) => "put" in o && o.put !== "leases")) throw refuse;
      return memory.write(operations, guard);
    },
  };
  store = createStore(shelf);
  hub = channelHub();
  locks = lockManager();
});

async function opened(text = original): Promise<Opened> {
  return openShipped(path, {
    store,
    documents: plainDocuments,
    base: "https://example.org/app/",
    fetch: async () => new Response(text),
    now: clock.now(),
  });
}

async function session(owner = "tab", from?: Opened): Promise<Session> {
  const notebook = from ?? (await opened());
  const opening = Session.open({
    opened: notebook,
    store,
    documents: plainDocuments,
    clock,
    takeLease: (id, flush, onNotice) =>
      takeLease({ store, id, owner, flush, onNotice, clock, locks, channel: hub }),
  });
  await clock.pass(700);
  return opening;
}

const edited = notebookText("Welcome", "1 + 2");

describe("keeping", () => {
  test("a shipped notebook is not kept until it is edited", async () => {
    const open = await session();
    expect(open.state).toMatchObject({ saved: "original", edited: false });
    await open.close();
    expect(await store.notebooks()).toEqual([]);
  });

  test("an edit is kept one second after the last one, as the reader's draft", async () => {
    const open = await session();
    open.edit(edited);
    await clock.pass(900);
    open.edit(notebookText("Welcome", "1 + 3"));
    await clock.pass(900);
    expect(open.state.saved).toBe("unsaved");
    expect(await store.notebook(draftId(path))).toBeNull();
    await clock.pass(200);
    expect(open.state.saved).toBe("saved");
    expect(await store.notebook(draftId(path))).toMatchObject({
      text: notebookText("Welcome", "1 + 3"),
      originText: original,
      origin: { kind: "shipped", path },
    });
    const again = await opened();
    expect(again).toMatchObject({ kept: true, newer: null });
    expect(again.record.text).toContain("1 + 3");
  });

  test("an edit during a save is kept by the next", async () => {
    const open = await session();
    open.edit(edited);
    const flushing = open.flush();
    open.edit(notebookText("Welcome", "late"));
    await flushing;
    expect(open.state.saved).toBe("unsaved");
    await clock.pass(1000);
    expect((await store.notebook(draftId(path)))?.text).toContain("late");
  });

  test("the text before the first edit is a version too", async () => {
    const open = await session();
    open.edit(edited);
    await open.flush();
    expect((await open.versions()).map(({ text }) => text)).toEqual([edited, original]);
  });

  test("what the storage refuses stays in memory, is said, and is tried again", async () => {
    const open = await session();
    refuse = storageError("the browser's storage for this page is full: nothing more can be kept", {
      help: "Save to disk now.",
    });
    open.edit(edited);
    await clock.pass(1000);
    expect(open.state).toMatchObject({
      saved: "failed",
      problem: { name: "StorageError", details: { help: "Save to disk now." } },
    });
    expect(open.text).toBe(edited);
    refuse = null;
    await clock.pass(10_000);
    expect(open.state).toMatchObject({ saved: "saved", problem: null });
    expect((await store.notebook(draftId(path)))?.text).toBe(edited);
  });

  test("closing keeps what is unsaved", async () => {
    const open = await session();
    open.edit(edited);
    await open.close();
    expect((await store.notebook(draftId(path)))?.text).toBe(edited);
  });

  test("a file that is attached to a shipped notebook makes the draft", async () => {
    const open = await session();
    await open.attach("counts.csv", new Blob(["a"]));
    expect(await store.notebook(draftId(path))).not.toBeNull();
    expect((await open.files()).map(({ name }) => name)).toEqual(["counts.csv"]);
    await open.detach("counts.csv");
    expect(await open.files()).toEqual([]);
  });
});

describe("titles", () => {
  test("a new title survives edits of a stage that doesn't know it", async () => {
    const open = await session();
    open.handOver();
    open.rename("  Mine & <yours> ");
    expect(open.state.record.title).toBe("Mine & <yours>");
    const renamed = open.text;
    open.edit(edited);
    expect(open.text).toContain("1 + 2");
    expect(open.text.slice(0, 40)).toBe(renamed.slice(0, 40));
    expect(open.state.record.title).toBe("Mine & <yours>");
  });

  test("a title that the stage changes is taken over", async () => {
    const open = await session();
    open.handOver();
    open.edit(notebookText("From the stage", "1 + 1"));
    expect(open.state.record.title).toBe("From the stage");
    open.rename("From the shell");
    open.edit(notebookText("From the stage", "2"));
    expect(open.text).toBe(notebookText("From the shell", "2"));
  });
});

describe("going back", () => {
  test("revert returns to the original and can be undone", async () => {
    const open = await session();
    const events: string[] = [];
    open.onChange((event) => events.push(event));
    open.edit(edited);
    await open.flush();
    events.length = 0;
    const undo = open.revert();
    expect(open.text).toBe(original);
    expect(events).toContain("text");
    expect(open.state.edited).toBe(false);
    undo();
    expect(open.text).toBe(edited);
    await open.flush();
    expect((await store.notebook(draftId(path)))?.text).toBe(edited);
  });

  test("reverting right after an edit loses nothing: the edit is a version", async () => {
    const open = await session();
    open.edit(edited);
    await open.flush();
    open.revert();
    await open.flush();
    expect((await open.versions()).map(({ text }) => text)).toEqual([original, edited, original]);
  });

  test("an edit that was never kept is a version after revert too", async () => {
    const open = await session();
    open.edit(edited);
    open.revert();
    await open.flush();
    expect((await open.versions()).map(({ text }) => text)).toContain(edited);
  });

  test("a version can be restored, and that undone", async () => {
    const open = await session();
    open.edit(edited);
    await open.flush();
    open.edit(notebookText("Welcome", "third"));
    await open.flush();
    const versions = await open.versions();
    const undo = open.restore(versions[1]);
    expect(open.text).toBe(edited);
    undo();
    expect(open.text).toContain("third");
  });

  test("a draft of a notebook that was updated since says so; revert goes to the new text", async () => {
    const first = await session();
    first.edit(edited);
    await first.close();
    const update = notebookText("Welcome", "updated");
    const open = await session("later", await opened(update));
    expect(open.text).toBe(edited);
    expect(open.state.newer).toBe(update);
    const undo = open.revert();
    expect(open.text).toBe(update);
    expect(open.state).toMatchObject({ newer: null, edited: false });
    undo();
    expect(open.state).toMatchObject({ newer: update, edited: true });
  });
});

describe("forking", () => {
  test("makes the reader's own copy, with files, and remembers where it came from", async () => {
    const open = await session();
    open.edit(edited);
    await open.attach("counts.csv", new Blob(["a"]));
    const id = await open.fork();
    expect(id).not.toBe(draftId(path));
    expect(await store.notebook(id)).toMatchObject({
      text: edited,
      originText: original,
      origin: { kind: "shipped", path },
      base: "notebooks/",
    });
    expect((await store.files(id)).map(({ name }) => name)).toEqual(["counts.csv"]);
    expect(await store.versions(id)).toHaveLength(1);
  });

  test("a fork of the reader's own notebook names that one", async () => {
    const open = await session();
    const id = await open.fork();
    const record = (await store.notebook(id))!;
    await store.put({ ...record, origin: null, title: "Mine" });
    const mine = await session("other", {
      record: (await store.notebook(id))!,
      kept: true,
      newer: null,
    });
    const copy = await mine.fork();
    expect((await store.notebook(copy))?.origin).toEqual({ kind: "notebook", id, title: "Mine" });
  });
});

describe.each([
  ["Web Locks", true],
  ["a lease row", false],
])("two tabs, with %s", (_name, withLocks) => {
  beforeEach(() => {
    if (!withLocks) locks = undefined;
  });

  test("the second reads only, and nothing it sends is kept", async () => {
    const first = await session("first");
    first.edit(edited);
    await first.flush();
    const second = await session("second");
    expect(second.state).toMatchObject({ readOnly: true, lease: "elsewhere" });
    second.edit(notebookText("Welcome", "overwrite"));
    second.rename("overwrite");
    await second.flush();
    expect(second.text).toBe(edited);
    expect((await store.notebook(draftId(path)))?.text).toBe(edited);
  });

  test("taking over brings the other's last edits along and makes it read only", async () => {
    const first = await session("first");
    const second = await session("second");
    first.edit(edited);
    const taking = second.takeOver();
    await clock.pass(700);
    await taking;
    await settle();
    expect(second.state.readOnly).toBe(false);
    expect(second.text).toBe(edited);
    expect(first.state).toMatchObject({ readOnly: true, lease: "lost" });
    first.edit(notebookText("Welcome", "overwrite"));
    await clock.pass(20_000);
    expect((await store.notebook(draftId(path)))?.text).toBe(edited);
  });

  test("edits that a lost tab could not keep as the text are kept as a version", async () => {
    const first = await session("first");
    const second = await session("second");
    first.edit(edited);
    refuse = storageError("busy");
    const taking = second.takeOver();
    await clock.pass(300);
    refuse = null;
    await clock.pass(400);
    await taking;
    await clock.pass(12_000);
    expect(first.state.readOnly).toBe(true);
    expect((await store.versions(draftId(path))).map(({ text }) => text)).toContain(edited);
  });

  test("a reading tab hears of changes and can show them", async () => {
    const first = await session("first");
    const second = await session("second");
    first.edit(edited);
    await first.flush();
    await settle();
    expect(second.state.elsewhere).toBe("changed");
    expect(second.text).toBe(original);
    await second.refresh();
    expect(second.text).toBe(edited);
    expect(second.state.elsewhere).toBeNull();
  });
});
