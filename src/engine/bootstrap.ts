/**
 * The script every engine worker starts from, as a Blob so that it inherits the page's policy: imports its
 * entry from texts that come with the first message, and later parts from the page's own folder.
 */
import { createPartLoader, type PartText } from "../base/parts.ts";

interface Boot {
  readonly engrailed: "boot";
  readonly entry: string;
  readonly parts: readonly PartText[];
  /** Absolute address of the folder of parts. */
  readonly base: string;
  /** Static imports of every chunk of the build. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly config: unknown;
}

addEventListener(
  "message",
  (event: MessageEvent<Boot>) => {
    const boot = event.data;
    if (boot?.engrailed !== "boot") return;
    const early: MessageEvent[] = [];
    const keep = (event: MessageEvent) => {
      event.stopImmediatePropagation();
      early.push(event);
    };
    addEventListener("message", keep);
    const texts = new Map(boot.parts.map(({ file, text }) => [file, Promise.resolve(text)]));
    const text = (file: string): Promise<string> => {
      let promise = texts.get(file);
      if (!promise) {
        promise = fetch(new URL(file, boot.base)).then((response) => {
          if (!response.ok) throw new Error(`part not found: ${file} (${response.status})`);
          return response.text();
        });
        texts.set(file, promise);
        promise.catch(() => texts.delete(file));
      }
      return promise;
    };
    const closure = (file: string, seen = new Set<string>()): Set<string> => {
      if (!seen.has(file)) {
        seen.add(file);
        for (const next of boot.imports[file] ?? []) closure(next, seen);
      }
      return seen;
    };
    const loader = createPartLoader((file) =>
      Promise.all(
        [...closure(file)].map(async (name) => ({
          file: name,
          text: await text(name),
          imports: boot.imports[name] ?? [],
        })),
      ),
    );
    loader.add(boot.parts);
    Object.defineProperty(globalThis, "__part", {
      value: (file: string) => loader.load(file.replace("./", "")),
    });
    loader.load(boot.entry).then(
      (entry) => {
        removeEventListener("message", keep);
        (entry.start as (boot: Boot) => void)(boot);
        for (const { data, ports } of early)
          dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
      },
      (error: unknown) =>
        setTimeout(() => {
          throw error;
        }),
    );
  },
  { once: true },
);
