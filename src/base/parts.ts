/** A module of the build: its text and the files that it imports. */
export interface PartText {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** Imports built modules by file name. */
export interface PartLoader {
  /** Makes the texts known; dependencies may come in any order. */
  add(parts: readonly PartText[]): void;
  load(file: string): Promise<Record<string, unknown>>;
}

/**
 * Imports modules of the build from Blobs. The text of a file that isn't known yet is asked of `fetchParts`
 * (with all that it imports). Static imports between chunks are file names in quotes, which are replaced by
 * the Blob URLs of the chunks they name.
 */
export function createPartLoader(
  fetchParts: (file: string) => Promise<readonly PartText[]>,
): PartLoader {
  const known = new Map<string, PartText>();
  const urls = new Map<string, string>();
  const loading = new Map<string, Promise<Record<string, unknown>>>();

  function url(file: string): string {
    const made = urls.get(file);
    if (made) return made;
    const part = known.get(file);
    if (!part) throw new Error(`unknown part: ${file}`);
    let text = part.text;
    for (const name of part.imports)
      text = text.replaceAll(`"./${name}"`, JSON.stringify(url(name)));
    const href = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    urls.set(file, href);
    return href;
  }

  function add(parts: readonly PartText[]): void {
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
