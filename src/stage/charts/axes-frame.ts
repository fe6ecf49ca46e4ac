import type * as Plot from "@observablehq/plot";
import { axesPlot } from "./axes-plot.ts";
import type { ShownAxis } from "./axis-options.ts";
import type { Inks } from "./colour.ts";
import type { InsideBox } from "./point-layer.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

export interface AxesFrameSpec {
  readonly width: number;
  /** What stands above, in px: the legend. */
  readonly top: number;
  /** Of the picture below that, with titles. */
  readonly inner: number;
  /** The widest that the inside may be. */
  readonly most: number;
  /** More room below the axis. */
  readonly below?: number;
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** Where the x title stands: "end" by default. */
  readonly title?: "middle" | "end";
  /** Between the frame and the axes. */
  marks(box: InsideBox): readonly Plot.Markish[];
  /** Said in the middle, where there is nothing to draw. */
  readonly empty: string | null;
}

/** Two axes with their titles around an inside, before any point is drawn. */
export interface AxesFrame {
  readonly panel: SVGSVGElement;
  readonly box: InsideBox;
  readonly height: number;
  /** From a drawn scale to px. */
  x(shown: number): number;
  y(shown: number): number;
}

export function axesFrame(spec: AxesFrameSpec, inks: Inks): AxesFrame {
  const { width, top, inner, x, y } = spec;
  const height = top + inner;
  const labels = y.ticks(inner - 64).map((t) => textWidth(y.format(t), 11));
  const left = Math.ceil(Math.max(18, ...labels)) + 14;
  const box = {
    left,
    right: Math.min(width - 12, left + spec.most - 12),
    top: top + 24,
    bottom: height - 40 - (spec.below ?? 0),
  };
  const panel = axesPlot(
    {
      width,
      height,
      box,
      x: { ...x, ticks: x.ticks(box.right - box.left) },
      y: { ...y, ticks: y.ticks(box.bottom - box.top) },
      marks: spec.marks(box),
    },
    inks,
  );
  const style = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  const middle = spec.title === "middle";
  const title = (text: string, most: number, place: Readonly<Record<string, string | number>>) =>
    textNode(ellipsis(text, most, 12, 600), { ...place, ...style }, text);
  panel.append(
    title(y.title, width, { x: 0, y: top + 12, "text-anchor": "start" }),
    title(x.title, box.right, {
      x: middle ? (box.left + box.right) / 2 : box.right,
      y: height - 4,
      "text-anchor": middle ? "middle" : "end",
    }),
  );
  if (spec.empty)
    panel.append(
      svg(
        "text",
        {
          x: (box.left + box.right) / 2,
          y: (box.top + box.bottom) / 2,
          "text-anchor": "middle",
          "font-size": 13,
          fill: inks.muted,
        },
        spec.empty,
      ),
    );
  const [x0, x1] = x.domain;
  const [y0, y1] = y.domain;
  return {
    panel,
    box,
    height,
    x: (shown) => box.left + ((shown - x0) / (x1 - x0)) * (box.right - box.left),
    y: (shown) => box.bottom - ((shown - y0) / (y1 - y0)) * (box.bottom - box.top),
  };
}
