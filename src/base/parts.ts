/** A module of the build: its bytes, which no thread need hold, and the files that it imports. */
export interface Part {
  readonly file: string;
  /** The import statements at its beginning; empty where it imports nothing. */
  readonly head: string;
  /** What follows them. */
  readonly body: Blob;
  readonly imports: readonly string[];
}

/** A fetched module of the build as a part; `head` is the length of its import statements in bytes. */
export async function toPart(
  file: string,
  module: Blob,
  head: number,
  imports: readonly string[],
): Promise<Part> {
  return {
    file,
    head: head === 0 ? "" : await module.slice(0, head).text(),
    body: head === 0 ? module : module.slice(head),
    imports,
  };
}

/** Imports built modules by file name. */
export interface PartLoader {
  /** Makes parts known; dependencies may come in any order. */
  add(parts: readonly Part[]): void;
  load(file: string): Promise<Record<string, unknown>>;
}

/**
 * Imports modules of the build from Blobs. A file that isn't known yet is asked of `fetchParts`
 * (with all that it imports). Static imports between chunks are file names in quotes, which are replaced by
 * the Blob URLs of the chunks they name.
 */
export function createPartLoader(
  fetchParts: (file: string) => Promise<readonly Part[]>,
): PartLoader {
  const known = new Map<string, Part>();
  const urls = new Map<string, string>();
  const loading = new Map<string, Promise<Record<string, unknown>>>();

  function url(file: string): string {
    const made = urls.get(file);
    if (made) return made;
    const part = known.get(file);
    if (!part) throw new Error(`unknown part: ${file}`);
    let { head } = part;
    for (const name of part.imports)
      head = head.replaceAll(`"./${name}"`, JSON.stringify(url(name)));
    const href = URL.createObjectURL(new Blob([head, part.body], { type: "text/javascript" }));
    urls.set(file, href);
    return href;
  }

  function add(parts: readonly Part[]): void {
    for (const part of parts) if (!known.has(part.file)) known.set(part.file, part);
  }

  return {
    add,
    load(file) {
      let promise = loading.get(file);
      if (!promise) {
        promise = (async () => {
          if (!known.has(file)) add(await fetchParts(file));
          return (await import(/* @vite-ignore */ url(file))) as Record<string, unknown>;
        })();
        loading.set(file, promise);
        promise.catch(() => loading.delete(file));
      }
      return promise;
    },
  };
}
