import { describe, expect, test } from "vitest";
import { hashOf, readRoute } from "../../src/shell/route.ts";

describe("the address", () => {
  test.each([
    ["", { view: "home" }],
    ["#", { view: "home" }],
    ["#nonsense", { view: "home" }],
    ["#open=notebooks/welcome.html", { view: "shipped", path: "notebooks/welcome.html" }],
    ["#open=./notebooks//welcome.html", { view: "shipped", path: "notebooks/welcome.html" }],
    ["#open=notebooks%2Fa%20b.html", { view: "shipped", path: "notebooks/a b.html" }],
    ["#id=abc", { view: "own", id: "abc" }],
  ])("%s", (hash, route) => expect(readRoute(hash)).toEqual(route));

  test.each([
    "https://evil.example/x.html",
    "HTTPS://evil.example/x.html",
    "//evil.example/x.html",
    "\\\\evil.example\\x.html",
    "javascript:alert(1)",
    "data:text/html,x",
    "blob:https://example.org/1",
  ])("refuses another site, with what to do: %s", (path) => {
    expect(() => readRoute(`#open=${encodeURIComponent(path)}`)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("another site") as string,
        details: { help: expect.stringMatching(/download .* drop/i) as string },
      }),
    );
  });

  test.each([
    "../secret.html",
    "a/../../b.html",
    "/etc/x.html",
    "a.html?x=1",
    "a.html#b",
    "..",
    ".",
  ])("refuses what lies outside the page's folder: %s", (path) =>
    expect(() => readRoute(`#open=${encodeURIComponent(path)}`)).toThrow(/outside/),
  );

  test.each([
    { view: "shipped", path: "notebooks/a + b & c=d.html" },
    { view: "own", id: "draft:notebooks/welcome.html" },
    { view: "home" },
  ] as const)("is read back as written: %o", (route) =>
    expect(readRoute(hashOf(route))).toEqual(route),
  );
});
