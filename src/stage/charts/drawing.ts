import type { CsvTable } from "./csv.ts";
import type { Hover } from "./hover.ts";

/** Pixels under the SVG, in its coordinates. */
export interface Layer {
  readonly canvas: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The same as shapes, for a saved file; without it the pixels are saved. */
  readonly vector?: () => SVGElement;
}

/** One drawing of a chart at one width. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  readonly layers?: readonly Layer[];
  readonly hover?: Hover;
  /** What the picture left out or did to the data, in sentences. */
  readonly notes?: readonly string[];
}

/** What a chart gives to its frame: everything read and checked, nothing drawn. */
export interface ChartSpec {
  /** Kebab-case: class and file name. */
  readonly name: string;
  /** The accessible name. */
  readonly label: string;
  readonly description: string;
  draw(width: number, dark: boolean): Drawing;
  table(): CsvTable;
}
