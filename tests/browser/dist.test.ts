import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const dist = resolve(import.meta.dirname, "../../dist");

/** Hosts that the built files may name, and why none of them is ever asked. The policy would refuse all. */
const allowed: Readonly<Record<string, string>> = {
  "www.w3.org": "names of XML namespaces",
  "duckdb.org": "a link to DuckDB's pages, opened by the reader",
  "schemas.openxmlformats.org": "names of XML namespaces in the workbooks that tables are saved as",
  "example.com": "the manual's example of an address that is refused",
  "idl.uw.edu": "links to Mosaic's documentation, opened by the reader",
  localhost: "where Mosaic would look for a server; vg gives it the notebook's database instead",
  "doi.org": "links to the papers that notebooks cite, opened by the reader",
  "github.com": "the address of its repository in DuckDB's package description",
  "foo.com": "a stand-in base in the type stripper, by which relative addresses are read",
  "cdn.jsdelivr.net":
    "Notebook Kit's rewriting of npm: imports, which our own rewriting comes before",
  "esm.sh": "Notebook Kit's rewriting of jsr: imports, likewise",
  "api.observablehq.com": "Notebook Kit's rewriting of observable: imports, likewise",
};

const text = new Set([".js", ".css", ".html", ".json", ".svg", ".webmanifest"]);

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const literal = /\b(?:https?|wss?):(?:\\?\/){2}([a-zA-Z0-9.-]+)/g;

describe("the built files", () => {
  it("name no foreign host but those with a reason", () => {
    const found = files(dist)
      .filter((path) => text.has(extname(path)))
      .flatMap((path) =>
        [...readFileSync(path, "utf8").matchAll(literal)].map((match) => ({
          host: match[1].replace(/\.$/, ""),
          path: relative(dist, path),
        })),
      );
    const wrong = found
      .filter(({ host }) => !(host in allowed))
      .map(({ host, path }) => `${host} in ${path}`);
    expect([...new Set(wrong)]).toEqual([]);
  });

  it("need no file over 25 MiB, and ship less than 40 MB of data", () => {
    const sizes = files(dist).map((path) => ({ path, size: readFileSync(path).length }));
    expect(sizes.filter(({ size }) => size > 25 * 2 ** 20)).toEqual([]);
    const data = sizes.filter(({ path }) => relative(dist, path).startsWith("data/"));
    expect(data.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(40e6);
  });

  it("hold a policy without eval and without inline scripts", () => {
    const page = readFileSync(join(dist, "index.html"), "utf8");
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
    expect(scripts).toContain("'self'");
    expect(scripts).not.toContain("'unsafe-eval'");
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(policy).toContain("frame-src 'none'");
    expect(policy).toContain("form-action 'none'");
  });
});
