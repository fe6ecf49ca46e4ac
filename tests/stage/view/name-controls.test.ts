// @vitest-environment jsdom
import { expect, it } from "vitest";
import { nameControls } from "../../../src/stage/view/name-controls.ts";

function made(html: string): HTMLElement {
  const node = document.createElement("div");
  node.innerHTML = html;
  nameControls(node);
  return node;
}

it("names a slider after the label of its form", () => {
  const node = made(
    `<form><label for="n">At least</label><div><input id="n" type="number"><input type="range"></div></form>`,
  );
  expect(node.querySelector("[type=range]")?.getAttribute("aria-label")).toBe("At least");
  expect(node.querySelector("[type=number]")?.hasAttribute("aria-label")).toBe(false);
});

it("names the boxes of a table after their row", () => {
  const node = made(
    `<form><table><thead><tr><th><input type="checkbox"></th><th>symbol</th></tr></thead><tbody><tr><td><input type="checkbox"></td><td>MYOG</td></tr></tbody></table></form>`,
  );
  const labels = [...node.querySelectorAll("input")].map((i) => i.getAttribute("aria-label"));
  expect(labels).toEqual(["Select all rows", "Select MYOG"]);
});

it("leaves what has a name, and gives plots' groups a role", () => {
  const node = made(
    `<form><label><input type="checkbox"> a</label></form><svg><g aria-label="dot"></g></svg>`,
  );
  expect(node.querySelector("input")?.hasAttribute("aria-label")).toBe(false);
  expect(node.querySelector("g")?.getAttribute("role")).toBe("group");
});
