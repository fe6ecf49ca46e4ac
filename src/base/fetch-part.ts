import { workError } from "./errors.ts";

/** How long an answer, and then its body, may take, in ms; twice as long the second time. */
const patience = { answer: 15_000, body: 60_000 };

/**
 * A file of the build, tried twice: an answer that fails or does not come in its time is asked for once more, past the
 * browser's cache. Throws a WorkError that names the file when that fails too.
 */
export async function fetchPart(url: URL, get: typeof fetch = fetch): Promise<Blob> {
  try {
    return await once(url, get, 1, {});
  } catch {
    try {
      return await once(url, get, 2, { cache: "reload" });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw workError(
        `a part of this page could not be loaded: ${url.pathname.split("/").pop()}: ${reason}`,
        { help: "Reload the page when the connection is back; nothing is lost.", cause },
      );
    }
  }
}

async function once(url: URL, get: typeof fetch, times: number, init: RequestInit): Promise<Blob> {
  const abort = new AbortController();
  /** What is promised, unless it takes too long. */
  const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no answer within ${ms / 1000} s`));
        abort.abort();
      }, ms);
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  const answer = get(url, { ...init, signal: abort.signal });
  const response = await within(times * patience.answer, answer);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return within(times * patience.body, response.blob());
}
