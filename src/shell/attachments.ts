import { isAbortError } from "../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../base/progress.ts";
import type { AttachedFile } from "../protocol/engine.ts";
import { formatSize } from "./format-size.ts";

export interface AttachmentOptions extends CallOptions {
  /** The page's folder, with a slash at its end: nothing outside it is fetched. */
  readonly base: string;
  /** The notebook's folder, relative to `base`, with a slash at its end or empty. */
  readonly folder: string;
  readonly fetch?: typeof fetch;
  /** Called with every file as it came, so that it can be kept for offline use. */
  readonly onFetched?: (path: string, blob: Blob) => void;
}

/**
 * Fetches the files that the notebook names, relative to its folder: once each, without query, from the page's
 * own folder only. A file that isn't there is a value with its reason, not a failure of the notebook.
 */
export async function fetchAttachments(
  names: readonly string[],
  options: AttachmentOptions,
): Promise<AttachedFile[]> {
  const files: AttachedFile[] = [];
  for (const name of new Set(names)) {
    throwIfAborted(options.signal);
    files.push(await fetchOne(name, options));
  }
  return files;
}

/** Where a name lies, or why it can't be fetched. */
export function attachmentUrl(
  name: string,
  { base, folder }: { base: string; folder: string },
): { url: URL } | { error: string } {
  if (/^[a-z][a-z0-9+.-]*:/i.test(name) || /^[/\\]{2}/.test(name))
    return {
      error: `a notebook can't fetch from another site: ${name}. Download the file and attach it`,
    };
  const path = name.split("/").map(encodeURIComponent).join("/");
  const url = new URL(path, new URL(folder, base));
  if (!url.href.startsWith(base) || url.search || url.hash)
    return { error: `outside this page's folder: ${name}. Attach the file instead` };
  return { url };
}

async function fetchOne(name: string, options: AttachmentOptions): Promise<AttachedFile> {
  const place = attachmentUrl(name, options);
  if ("error" in place) return { name, blob: null, error: place.error };
  const { url } = place;
  const get = options.fetch ?? fetch;
  try {
    const response = await get(url.href, { signal: options.signal });
    if (response.status === 404)
      return { name, blob: null, error: `no such file: ${name}. Attach it to this notebook` };
    if (!response.ok)
      return { name, blob: null, error: `the server answered ${response.status}: ${name}` };
    if (isPage(response, name))
      return { name, blob: null, error: `no such file: ${name}. Attach it to this notebook` };
    const blob = await readAll(response, name, options);
    options.onFetched?.(url.href.slice(options.base.length), blob);
    return { name, blob };
  } catch (error) {
    if (isAbortError(error)) throw error;
    return {
      name,
      blob: null,
      error: `could not be fetched: ${name}. You seem to be offline, or the connection broke`,
    };
  }
}

/** Some hosts answer a missing file with a page and status 200. */
function isPage(response: Response, name: string): boolean {
  return (
    (response.headers.get("content-type") ?? "").startsWith("text/html") && !/\.html?$/i.test(name)
  );
}

/** Progress is told at most this often, in ms, and the page gets a turn then. */
const pace = 50;

/** The body, with progress in words: "fetching hsmm.arrow.gz, 12 of 21 MB". */
async function readAll(
  response: Response,
  name: string,
  { onProgress, signal }: CallOptions,
): Promise<Blob> {
  if (!response.body || !onProgress) return response.blob();
  const encoded = response.headers.has("content-encoding");
  const total = encoded ? 0 : Number(response.headers.get("content-length")) || 0;
  const short = name.slice(name.lastIndexOf("/") + 1);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  let told = 0;
  const reader = response.body.getReader();
  for (;;) {
    throwIfAborted(signal);
    const { value, done: end } = await reader.read();
    if (end) break;
    chunks.push(value as Uint8Array<ArrayBuffer>);
    done += value.length;
    const now = performance.now();
    if (now - told < pace && done < total) continue;
    told = now;
    onProgress({ label: fetchingLabel(short, done, total), done, total });
    await pause();
  }
  return new Blob(chunks);
}

export function fetchingLabel(name: string, done: number, total: number): string {
  if (total < done) return `fetching ${name}, ${formatSize(done)}`;
  const [size, unit] = formatSize(total).split(" ");
  const [part, partUnit] = formatSize(done).split(" ");
  return partUnit === unit
    ? `fetching ${name}, ${part} of ${size} ${unit}`
    : `fetching ${name}, ${part} ${partUnit} of ${size} ${unit}`;
}
