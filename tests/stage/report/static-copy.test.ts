// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { resultsTable } from "../../../src/grid/results-table.ts";
import { staticCopy } from "../../../src/stage/report/static-copy.ts";
import { float64, makeTable, utf8 } from "../../../src/tables/index.ts";

function copyOf(...nodes: (Node | string)[]): string {
  const root = document.createElement("div");
  root.append(...nodes);
  document.body.append(root);
  const before = root.innerHTML;
  const copy = staticCopy(root).innerHTML;
  expect(root.innerHTML).toBe(before);
  return copy;
}

function html(markup: string): DocumentFragment {
  return document.createRange().createContextualFragment(markup);
}

afterEach(() => document.body.replaceChildren());

describe("staticCopy", () => {
  it("writes controls as their values", () => {
    const nodes = html(
      '<form><label>Gap</label><div><input type="number"><input type="range"></div></form><select><option>a<option>b</select>' +
        '<label><input type="checkbox">one</label><textarea></textarea><button>Press</button><input type="text">',
    );
    const [number, , box] = nodes.querySelectorAll("input");
    number.value = "0.4";
    box.checked = true;
    nodes.querySelector("select")!.selectedIndex = 1;
    nodes.querySelector("textarea")!.value = "two\nlines";
    const copy = copyOf(nodes);
    expect(copy).toContain('<b class="report-value">0.4</b>');
    expect(copy).toContain('<b class="report-value">b</b>');
    expect(copy).toContain("☑</span> one");
    expect(copy).toContain("two\nlines");
    expect(copy).toContain("(empty)");
    expect(copy).not.toMatch(/<(?:input|select|form|button|label|textarea)|Press/);
  });

  it("leaves out what is hidden, and scripts", () => {
    expect(
      copyOf(html('<p>a</p><p hidden>b</p><p style="display:none">c</p><script>d</script>')),
    ).toBe("<p>a</p>");
  });

  it("writes a table view as a table, with the number of rows in all", () => {
    const n = 500;
    const table = makeTable({
      gene_id: utf8(Array.from({ length: n }, (_, i) => `g${i}`)),
      padj: float64(Float64Array.from({ length: n }, (_, i) => (i === 1 ? NaN : i / n))),
    });
    const copy = copyOf(resultsTable(table, { rows: 4 }));
    expect(copy).toContain('<th scope="col">gene_id</th>');
    expect(copy).toContain("<td>g0</td>");
    expect(copy).toContain('<td class="number">–</td>');
    expect(copy).toMatch(/Rows 1 to \d+ of 500 rows, 2 columns\./);
    expect(copy).not.toContain("g300");
    expect(copy).not.toContain("<input");
  });

  it("takes a chart's own picture in light inks", () => {
    const chart = document.createElement("figure");
    chart.className = "chart";
    let asked: unknown;
    Object.assign(chart, {
      toSVG: (options: unknown) => {
        asked = options;
        return '<svg xmlns="http://www.w3.org/2000/svg"><title>V</title></svg>';
      },
    });
    chart.append("menu");
    expect(copyOf(chart)).toBe(
      '<figure><svg xmlns="http://www.w3.org/2000/svg"><title>V</title></svg></figure>',
    );
    expect(asked).toEqual({ dark: false });
  });
});
