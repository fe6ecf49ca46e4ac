/** The only address that DuckDB's worker may fetch: answered from memory with the wasm that was posted to it. */
export const wasmAddress = "engrailed:duckdb-eh.wasm";

/** The message that hands the inflated wasm to the worker: `{[wasmMessage]: ArrayBuffer}`, transferred. */
export const wasmMessage = "engrailedDuckdbWasm";

/**
 * Runs in DuckDB's worker before DuckDB's own script, and takes away every way out: fetch answers the wasm address once
 * and refuses all else; XMLHttpRequest, WebSocket, EventSource, WebTransport, WebRTC, workers, importScripts,
 * storage and channels are refused with an error that says that SQL can't reach the network. SQL can name a URL in
 * read_csv, COPY TO, ATTACH or INSTALL; without this those would carry data away.
 */
export const egressShim = `(() => {
  "use strict";
  const scope = globalThis;
  const address = ${JSON.stringify(wasmAddress)};
  const key = ${JSON.stringify(wasmMessage)};
  let give;
  let wasm = new Promise((resolve) => { give = resolve; });
  const take = (event) => {
    const data = event.data;
    if (typeof data !== "object" || data === null || !(key in data)) return;
    event.stopImmediatePropagation();
    scope.removeEventListener("message", take);
    give(data[key]);
  };
  scope.addEventListener("message", take);

  const refusal = (what, url) =>
    new TypeError("SQL can't reach the network: " + what + (url ? " " + String(url).slice(0, 200) : ""));
  const set = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: false, configurable: false, enumerable: true });

  const NativeResponse = scope.Response;
  set(scope, "fetch", (input) => {
    let url = "";
    try {
      url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    } catch {}
    if (url !== address || wasm === null) return Promise.reject(refusal("fetch", url));
    const bytes = wasm;
    wasm = null;
    return bytes.then((buffer) => new NativeResponse(buffer, {
      status: 200,
      headers: { "content-type": "application/wasm", "content-length": String(buffer.byteLength) },
    }));
  });

  const closed = (name) => {
    const refused = function (url) { throw refusal(name, typeof url === "string" || url instanceof URL ? url : ""); };
    return refused;
  };
  class NoRequest {
    open(method, url) { throw refusal("XMLHttpRequest", url); }
    send() { throw refusal("XMLHttpRequest"); }
    setRequestHeader() {}
    getResponseHeader() { return null; }
    getAllResponseHeaders() { return ""; }
    overrideMimeType() {}
    addEventListener() {}
    removeEventListener() {}
    abort() {}
    get status() { return 0; }
    get readyState() { return 0; }
  }
  set(scope, "XMLHttpRequest", NoRequest);
  for (const name of ["WebSocket", "WebSocketStream", "EventSource", "WebTransport", "RTCPeerConnection",
    "Worker", "SharedWorker", "BroadcastChannel", "importScripts", "FileReaderSync", "Notification"])
    if (name in scope || name === "Worker") {
      try { set(scope, name, closed(name)); } catch {}
    }
  for (const name of ["indexedDB", "caches", "cookieStore"])
    if (name in scope) {
      try { set(scope, name, undefined); } catch {}
    }
  const navigator = scope.navigator;
  for (const name of ["storage", "serviceWorker", "locks", "sendBeacon", "usb", "serial", "hid"])
    if (navigator && name in navigator) {
      try { set(navigator, name, undefined); } catch {}
    }
  // DuckDB's worker logs every failed query and every profile; the errors reach the reader by another way.
  const quiet = () => {};
  for (const name of ["log", "info", "debug", "warn"]) {
    try { scope.console[name] = quiet; } catch {}
  }
})();
`;
