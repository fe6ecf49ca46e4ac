/**
 * The service worker: keeps the page, and the notebooks and data that were opened, for use without a network.
 *
 * The build writes `self.__PRECACHE = {…}` as the first line of the built file (see Precache). The shell is one
 * versioned cache, taken whole at install and verified, so that files of two versions are never mixed. The rest
 * (notebooks, data, the SQL engine) is kept by content hash when first fetched, across versions.
 */

interface KeptFile {
  /** Relative to the service worker's folder, not encoded. */
  readonly path: string;
  readonly size: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** What the build injects. `version` changes with any byte of the shell. */
export interface Precache {
  readonly version: string;
  /** index.html and all that the page can't do without; "index.html" also answers navigations. */
  readonly shell: readonly KeptFile[];
  /** Kept when first fetched, or by "Keep all offline". */
  readonly rest: readonly KeptFile[];
}

interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response> | Response): void;
}
interface MessageFromPage extends ExtendableEvent {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}
interface Scope {
  readonly __PRECACHE?: Precache;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: MessageFromPage) => void): void;
}

const scope = self as unknown as Scope;
const precache: Precache = scope.__PRECACHE ?? { version: "none", shell: [], rest: [] };
const base = new URL("./", scope.location.href).href;
const shellPrefix = "engrailed-shell-";
const restCache = "engrailed-rest";
const shellCache = `${shellPrefix}${precache.version}`;
const shellFiles = new Map(precache.shell.map((file) => [addressOf(file.path), file]));
const restFiles = new Map(precache.rest.map((file) => [addressOf(file.path), file]));

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const url = new URL(request.url);
  url.hash = "";
  if (!url.href.startsWith(base)) return;
  if (request.mode === "navigate") {
    url.search = "";
    if (url.href === base || url.href === `${base}index.html`)
      event.respondWith(fromShell(addressOf("index.html"), request));
    return;
  }
  if (url.search) return;
  const address = url.href;
  const file = restFiles.get(address);
  if (file) event.respondWith(fromRest(file, request, event));
  else if (
    shellFiles.has(address) ||
    url.href.startsWith(`${base}assets/`) ||
    url.href.startsWith(`${base}parts/`)
  )
    event.respondWith(fromShell(address, request));
});

scope.addEventListener("message", (event) => {
  const message = event.data as { type?: string; path?: string; blob?: Blob } | null;
  const reply = (value: unknown) => event.ports[0]?.postMessage(value);
  if (message?.type === "activate") event.waitUntil(scope.skipWaiting());
  if (message?.type === "contents") event.waitUntil(contents().then(reply));
  if (message?.type === "keep" && message.path !== undefined && message.blob)
    event.waitUntil(keep(message.path, message.blob).then(reply));
  if (message?.type === "harvest") event.waitUntil(harvest().then(reply));
  if (message?.type === "forget") event.waitUntil(caches.delete(restCache).then(reply));
});

/** Takes every file of the shell, from an older cache where it is the same; any failure leaves the old version. */
async function install(): Promise<void> {
  const cache = await caches.open(shellCache);
  try {
    let next = 0;
    const files = [...shellFiles];
    const worker = async () => {
      while (next < files.length) {
        const [address, file] = files[next++];
        const response = await obtain(address, file);
        await cache.put(address, response);
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
  } catch (error) {
    await caches.delete(shellCache);
    throw error;
  }
}

async function obtain(address: string, file: KeptFile): Promise<Response> {
  const known = await caches.match(address);
  if (known && (await verified(known, file))) return known;
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${file.path}: status ${response.status}`);
  if (!(await verified(response, file))) throw new Error(`${file.path}: not the built file`);
  return plain(response);
}

/** Keeps this version and the one before it, whose tabs may still ask for their own files. */
async function activate(): Promise<void> {
  const old = (await caches.keys()).filter(
    (name) => name.startsWith(shellPrefix) && name !== shellCache,
  );
  for (const name of old.slice(0, -1)) await caches.delete(name);
  const cache = await caches.open(restCache);
  const wanted = new Set([...restFiles].map(([address, file]) => keyOf(address, file)));
  for (const request of await cache.keys())
    if (!wanted.has(request.url)) await cache.delete(request);
  await scope.clients.claim();
}

async function fromShell(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(shellCache);
  const mine = await cache.match(address);
  if (mine) return mine;
  const older = request.mode === "navigate" ? undefined : await caches.match(address);
  return older ?? fetch(request);
}

async function fromRest(file: KeptFile, request: Request, event: FetchEvent): Promise<Response> {
  const address = addressOf(file.path);
  const cache = await caches.open(restCache);
  const key = keyOf(address, file);
  const kept = await cache.match(key);
  if (kept) return kept;
  const response = await fetch(request.url, { cache: "no-cache", signal: request.signal });
  if (!response.ok) return response;
  const copy = response.clone();
  event.waitUntil(
    (async () => {
      if (await verified(copy, file)) await cache.put(key, plain(copy));
    })().catch(() => undefined),
  );
  return response;
}

/** Keeps bytes that the page fetched before this worker was in charge; false when they aren't the shipped ones. */
async function keep(path: string, blob: Blob): Promise<boolean> {
  const address = new URL(path, base).href;
  const file = restFiles.get(address);
  if (!file) return false;
  const response = new Response(blob);
  if (!(await verified(response, file))) return false;
  const cache = await caches.open(restCache);
  await cache.put(keyOf(address, file), response);
  return true;
}

/** Keeps what the browser's own cache holds from before this worker was in charge, without the network. */
async function harvest(): Promise<number> {
  const cache = await caches.open(restCache);
  let count = 0;
  for (const [address, file] of restFiles) {
    const key = keyOf(address, file);
    if (await cache.match(key)) continue;
    try {
      const response = await fetch(address, { cache: "only-if-cached", mode: "same-origin" });
      if (!response.ok || !(await verified(response, file))) continue;
      await cache.put(key, plain(response));
      ++count;
    } catch {
      // not in the browser's cache
    }
  }
  return count;
}

/** What there is to keep, and what is kept. */
async function contents(): Promise<unknown> {
  const cache = await caches.open(restCache);
  const keys = new Set((await cache.keys()).map((request) => request.url));
  return {
    version: precache.version,
    shell: precache.shell.reduce((sum, file) => sum + file.size, 0),
    rest: [...restFiles].map(([address, file]) => ({
      path: file.path,
      size: file.size,
      kept: keys.has(keyOf(address, file)),
    })),
  };
}

async function verified(response: Response, file: KeptFile): Promise<boolean> {
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === file.hash.toLowerCase();
}

/** Without the mark of a redirect, which a navigation would refuse. */
function plain(response: Response): Response {
  if (!response.redirected) return response;
  return new Response(response.body, { status: response.status, headers: response.headers });
}

function addressOf(path: string): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), base).href;
}

function keyOf(address: string, file: KeptFile): string {
  return `${address}?v=${file.hash.toLowerCase().slice(0, 16)}`;
}
