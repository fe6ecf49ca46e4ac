/**
 * The script every engine worker starts from, as a Blob so that it inherits the page's policy: imports its
 * entry from parts that come with the first message, and later parts from the page's own folder.
 */
import { fetchPart } from "../base/fetch-part.ts";
import { createPartLoader, toPart, type Part } from "../base/parts.ts";

interface Boot {
  readonly engrailed: "boot";
  readonly entry: string;
  readonly parts: readonly Part[];
  /** Absolute address of the folder of parts. */
  readonly base: string;
  /** Static imports of every chunk of the build. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  /** Lengths of their import statements, in bytes; absent where there are none. */
  readonly heads: Readonly<Record<string, number>>;
  readonly config: unknown;
}

/** What came before the entry could listen: calls may be made before the parts have arrived. */
const early: MessageEvent[] = [];

addEventListener("message", wait);

function wait(event: MessageEvent<Boot | null>): void {
  event.stopImmediatePropagation();
  if (event.data?.engrailed === "boot" && !booted) boot(event.data);
  else early.push(event);
}

let booted = false;

function boot(given: Boot): void {
  booted = true;
  const known = new Map(given.parts.map((part) => [part.file, Promise.resolve(part)]));
  const part = (file: string): Promise<Part> => {
    let promise = known.get(file);
    if (!promise) {
      const { heads, imports } = given;
      promise = fetchPart(new URL(file, given.base)).then((blob) =>
        toPart(file, blob, heads[file] ?? 0, imports[file] ?? []),
      );
      known.set(file, promise);
      promise.catch(() => known.delete(file));
    }
    return promise;
  };
  const closure = (file: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(file)) {
      seen.add(file);
      for (const next of given.imports[file] ?? []) closure(next, seen);
    }
    return seen;
  };
  const loader = createPartLoader((file) => Promise.all([...closure(file)].map(part)));
  loader.add(given.parts);
  Object.defineProperty(globalThis, "__part", {
    value: (file: string) => loader.load(file.replace("./", "")),
  });
  loader.load(given.entry).then(
    (entry) => {
      removeEventListener("message", wait);
      (entry.start as (boot: Boot) => void)(given);
      for (const { data, ports } of early)
        dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
    },
    (error: unknown) =>
      setTimeout(() => {
        throw error;
      }),
  );
}
