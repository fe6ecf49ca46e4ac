// @vitest-environment jsdom
import { expect, test } from "vitest";
import { displayedMarkup, displayedText } from "../../../src/stage/runtime/displayed.ts";

function root(html: string): HTMLElement {
  const node = document.createElement("div");
  node.innerHTML = html;
  return node;
}

test("text has a line for each block and nothing of styles and buttons", () => {
  expect(
    displayedText(
      root(
        "<h1>A  b</h1><p>c <b>d</b>\n e</p><style>x{}</style><button>Save</button><table><tr><td>1</td><td>2</td></tr></table>f<br>g",
      ),
    ),
  ).toBe("A b\nc d e\n1\t2\nf\ng");
});

test("one picture is SVG, also beside a menu; anything more is HTML", () => {
  const svg = '<svg viewBox="0 0 1 1"><text>a</text></svg>';
  expect(displayedMarkup(root(svg)).markup).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(displayedMarkup(root(`<figure>${svg}<button><svg></svg></button></figure>`)).format).toBe(
    "svg",
  );
  for (const more of [svg, "caption", "<img>", "<input>"])
    expect(displayedMarkup(root(`<figure>${svg}${more}</figure>`)).format).toBe("html");
  expect(displayedMarkup(root("<p>x</p>"))).toEqual({ format: "html", markup: "<p>x</p>" });
});
