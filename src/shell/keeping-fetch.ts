import type { Offline } from "./offline.ts";

/** The largest answer that is kept this way; larger files are handed over by who fetched them. */
const largest = 4e6;

/**
 * A fetch that hands small files of the page's folder to offline use as they come: on a first visit the service
 * worker is not in charge yet and would not see them.
 */
export function keepingFetch(get: typeof fetch, offline: Offline, base: string): typeof fetch {
  return async (input, init) => {
    const response = await get(input, init);
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    const size = Number(response.headers.get("content-length") ?? Infinity);
    if (offline.possible && response.ok && url.startsWith(base) && size <= largest)
      response
        .clone()
        .blob()
        .then((blob) => offline.keep(url.slice(base.length), blob))
        .catch(() => undefined);
    return response;
  };
}
