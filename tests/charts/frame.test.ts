// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chartFrame, type FrameOptions } from "../../src/stage/charts/frame.ts";
import { svg } from "../../src/stage/charts/svg.ts";

class Sizes {
  static live: Sizes[] = [];
  readonly callback: () => void;
  constructor(callback: () => void) {
    this.callback = callback;
  }
  observe() {
    Sizes.live.push(this);
  }
  disconnect() {
    Sizes.live = Sizes.live.filter((other) => other !== this);
  }
}

let width = 500;
beforeEach(() => {
  width = 500;
  Sizes.live = [];
  vi.stubGlobal("ResizeObserver", Sizes);
  vi.stubGlobal("requestAnimationFrame", (act: () => void) => {
    queueMicrotask(act);
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {});
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockImplementation(() => width);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.body.replaceChildren();
  delete document.documentElement.dataset.theme;
});

function make(options: FrameOptions = {}) {
  const draws: [number, boolean][] = [];
  const chart = chartFrame(
    {
      name: "test-plot",
      label: "A test",
      description: "What it shows.",
      draw(width, dark) {
        draws.push([width, dark]);
        const picture = svg("svg", { width, height: 100 }, svg("text", { y: 9 }, "inside"));
        return { svg: picture, notes: ["A note."] };
      },
      table: () => ({ names: ["a"], rows: [[1]] }),
    },
    options,
  );
  return { chart, draws };
}

describe("chartFrame", () => {
  it("draws when it enters the document, and again only when width or theme change", async () => {
    const { chart, draws } = make();
    expect(draws).toEqual([]);
    document.body.append(chart);
    expect(draws).toEqual([[500, false]]);
    Sizes.live[0].callback();
    await Promise.resolve();
    expect(draws).toHaveLength(1);
    width = 300;
    Sizes.live[0].callback();
    await Promise.resolve();
    expect(draws.at(-1)).toEqual([300, false]);
    document.documentElement.dataset.theme = "dark";
    await new Promise((resolve) => setTimeout(resolve));
    expect(draws.at(-1)).toEqual([300, true]);
  });

  it("watches nothing while it is out of the document, and goes on when it is back", () => {
    const { chart, draws } = make();
    document.body.append(chart);
    expect(Sizes.live).toHaveLength(1);
    chart.remove();
    expect(Sizes.live).toHaveLength(0);
    width = 400;
    document.body.append(chart);
    expect(Sizes.live).toHaveLength(1);
    expect(draws.at(-1)).toEqual([400, false]);
    chart.dispose();
    expect(Sizes.live).toHaveLength(0);
    expect(chart.querySelector("svg")).not.toBeNull();
  });

  it("waits while it has no width", async () => {
    width = 0;
    const { chart, draws } = make();
    document.body.append(chart);
    expect(draws).toEqual([]);
    width = 350;
    Sizes.live[0].callback();
    await Promise.resolve();
    expect(draws).toEqual([[350, false]]);
  });

  it("draws at once at a given width", () => {
    const { chart, draws } = make({ width: 320.7, dark: true });
    expect(draws).toEqual([[320, true]]);
    document.body.append(chart);
    expect(Sizes.live).toHaveLength(0);
  });

  it("keeps the focus in its menu when it draws again", async () => {
    const { chart } = make();
    document.body.append(chart);
    const button = chart.querySelector("button")!;
    button.click();
    const focused = document.activeElement;
    expect(focused?.getAttribute("role")).toBe("menuitem");
    width = 600;
    Sizes.live[0].callback();
    await Promise.resolve();
    expect(document.activeElement).toBe(focused);
  });

  it("has a name, a description and a caption", () => {
    const { chart } = make({ title: "Title", subtitle: "Sub", caption: "Said." });
    document.body.append(chart);
    const picture = chart.querySelector("[role=img]")!;
    expect(picture.getAttribute("aria-label")).toBe("Title");
    const description = chart.querySelector(`#${picture.getAttribute("aria-describedby")}`);
    expect(description?.textContent).toBe("What it shows.");
    expect(chart.querySelector("figcaption")?.textContent).toBe("Said. A note.");
  });

  it("moves through its menu by keys, and closes on Escape", () => {
    const { chart } = make();
    document.body.append(chart);
    const button = chart.querySelector("button")!;
    const key = (name: string) =>
      document.activeElement!.dispatchEvent(
        new KeyboardEvent("keydown", { key: name, bubbles: true }),
      );
    button.focus();
    key("ArrowDown");
    expect(document.activeElement?.textContent).toBe("Picture as SVG");
    key("ArrowUp");
    expect(document.activeElement?.textContent).toBe("Data as CSV");
    key("ArrowDown");
    expect(document.activeElement?.textContent).toBe("Picture as SVG");
    expect(button.getAttribute("aria-expanded")).toBe("true");
    key("Escape");
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute("aria-expanded")).toBe("false");
  });

  it("gives one SVG with title, caption and text that can be edited", () => {
    const { chart } = make({ title: "A <title>", caption: "Said." });
    const text = chart.toSVG();
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    const texts = [...parsed.querySelectorAll("text")].map((t) => t.textContent);
    expect(texts).toEqual(["A <title>", "inside", "Said. A note."]);
    expect(text).not.toContain("var(--");
    expect(chart.toCSV()).toBe("a\n1\n");
  });

  it("downloads what the menu says", async () => {
    const saved: { name: string; blob: Blob }[] = [];
    const blobs: Blob[] = [];
    URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob) - 1}`;
    URL.revokeObjectURL = () => {};
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push({ name: this.download, blob: blobs[Number(this.href.split(":")[1])] });
    });
    const { chart } = make({ title: "Genes / 遺伝子" });
    document.body.append(chart);
    const items = [...chart.querySelectorAll<HTMLElement>("[role=menuitem]")];
    items[0].click();
    items.at(-1)!.click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(saved.map(({ name }) => name)).toEqual(["Genes-遺伝子.svg", "Genes-遺伝子.csv"]);
    expect(saved[1].blob.type).toBe("text/csv");
  });
});
