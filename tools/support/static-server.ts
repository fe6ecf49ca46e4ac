import { createReadStream, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import type { AddressInfo } from "node:net";

/** One request that a server has seen. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
}

/** A running server of files. */
export interface StaticServer {
  readonly origin: string;
  readonly port: number;
  /** Every request so far, in order. */
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

export interface StaticOptions {
  /** Folders by address prefix ("/" or "/files/", the longest that fits), and files by whole address; read anew for each request. */
  readonly folders: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly port?: number;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

/** Serves folders over http, as any static host would: no header that a plain host would not send. */
export function serveStatic({
  folders,
  host = "127.0.0.1",
  port = 0,
}: StaticOptions): Promise<StaticServer> {
  const requests: SeenRequest[] = [];
  const server: Server = createServer((request, response) => {
    const url = request.url ?? "/";
    requests.push({ method: request.method ?? "GET", url });
    const file = resolveFile(url, folders);
    if (!file || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not found");
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(file.path)] ?? "application/octet-stream",
      "content-length": file.size,
      "cache-control": "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(file.path).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, host, () => {
      const actual = (server.address() as AddressInfo).port;
      resolve({
        origin: `http://${host === "0.0.0.0" ? "localhost" : host}:${actual}`,
        port: actual,
        requests,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}

function resolveFile(
  url: string,
  folders: Readonly<Record<string, string>>,
): { path: string; size: number } | null {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0]);
  } catch {
    return null;
  }
  const prefix = Object.keys(folders)
    .sort((a, b) => b.length - a.length)
    .find((p) => path.startsWith(p));
  if (prefix === undefined || path.includes("\0")) return null;
  const folder = normalize(folders[prefix]);
  if (!prefix.endsWith("/") && path !== prefix) return null;
  let file = normalize(join(folder, path.slice(prefix.length)));
  if (file !== folder && !file.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    return null;
  try {
    if (statSync(file).isDirectory()) file = join(file, "index.html");
    return { path: file, size: statSync(file).size };
  } catch {
    return null;
  }
}
