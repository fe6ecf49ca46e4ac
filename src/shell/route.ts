import { argumentError } from "../base/errors.ts";

/** What the address after # asks for. */
export type Route =
  | { readonly view: "home" }
  | { readonly view: "shipped"; readonly path: string }
  | { readonly view: "own"; readonly id: string };

/**
 * Reads `#open=path` and `#id=…`; an empty hash is home. A path is relative to the page and stays below it: an
 * address of another host, or one that climbs out, is an ArgumentError that says what to do instead.
 */
export function readRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  if (text === "") return { view: "home" };
  const parameters = new URLSearchParams(text);
  const id = parameters.get("id");
  if (id) return { view: "own", id };
  const path = parameters.get("open");
  if (path) return { view: "shipped", path: checkPath(path) };
  return { view: "home" };
}

export function hashOf(route: Route): string {
  if (route.view === "shipped")
    return `#open=${route.path.split("/").map(encodeURIComponent).join("/")}`;
  return route.view === "own" ? `#id=${encodeURIComponent(route.id)}` : "";
}

function checkPath(path: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]{2}/.test(path))
    throw argumentError(`not opened, because it lies on another site: ${path}`, {
      help: "Download the notebook, then drop the file on this page: it opens without running.",
    });
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  if (path.startsWith("/") || parts.includes("..") || parts.length === 0 || /[?#]/.test(path))
    throw argumentError(`not opened, because it lies outside this page's folder: ${path}`, {
      help: "Give a path below this page, such as notebooks/welcome.html.",
    });
  return parts.join("/");
}
