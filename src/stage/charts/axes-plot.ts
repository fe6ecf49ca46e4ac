import * as Plot from "@observablehq/plot";
import type { Inks } from "./colour.ts";
import { bare } from "./panels.ts";
import type { InsideBox } from "./point-layer.ts";
import { svg } from "./svg.ts";

/** An axis on its drawn scale. */
export interface PlainAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  format(shown: number): string;
}

export interface AxesSpec {
  readonly width: number;
  readonly height: number;
  readonly box: InsideBox;
  readonly x: PlainAxis;
  readonly y: PlainAxis;
  /** Between the frame and the axes. */
  readonly marks: readonly Plot.Markish[];
}

/** Two linear axes with small ticks around a box, and marks within; titles are the caller's. */
export function axesPlot({ width, height, box, x, y, marks }: AxesSpec, inks: Inks): SVGSVGElement {
  const axis = { tickSize: 4, tickPadding: 5, label: null, color: inks.muted, fontSize: 11 };
  const plot = Plot.plot({
    width,
    height,
    marginTop: box.top,
    marginBottom: height - box.bottom,
    marginLeft: box.left,
    marginRight: width - box.right,
    x: { type: "linear", domain: [...x.domain], range: [box.left, box.right], axis: null },
    y: { type: "linear", domain: [...y.domain], range: [box.bottom, box.top], axis: null },
    style: { fontFamily: "inherit", fontSize: "11px", background: "none", overflow: "visible" },
    marks: [
      ...marks,
      Plot.axisX([...x.ticks], { ...axis, tickFormat: x.format }),
      Plot.axisY([...y.ticks], { ...axis, tickFormat: y.format }),
    ],
  }) as SVGSVGElement;
  const panel = bare(plot);
  panel.append(
    svg("path", {
      d: `M${box.left},${box.top}V${box.bottom}H${box.right}`,
      stroke: inks.ruleStrong,
      fill: "none",
    }),
  );
  return panel;
}

/** Dashed or plain lines across the inside. */
export function ruleMarks(
  at: readonly { readonly axis: "x" | "y"; readonly at: number; readonly dashed: boolean }[],
  inks: Inks,
): Plot.Markish[] {
  return (["x", "y"] as const).flatMap((axis) =>
    [false, true].map((dashed) => {
      const values = at.filter((r) => r.axis === axis && r.dashed === dashed).map((r) => r.at);
      const style = {
        stroke: dashed ? inks.muted : inks.ruleStrong,
        strokeWidth: 1,
        ...(dashed && { strokeDasharray: "4 3" }),
      };
      return axis === "x" ? Plot.ruleX(values, style) : Plot.ruleY(values, style);
    }),
  );
}

/** Ticks of a log10 scale: whole powers as far apart as the room asks. */
export function powerTicks([low, high]: readonly [number, number], room: number): number[] {
  const step = Math.max(1, Math.ceil((high - low) / Math.max(2, room / 70)));
  const powers: number[] = [];
  for (let k = Math.ceil(low); k <= Math.floor(high); ++k) if (k % step === 0) powers.push(k + 0);
  return powers;
}
