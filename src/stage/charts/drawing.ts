import type { CsvTable } from "./csv.ts";
import type { Chosen, ChosenPart, Selection } from "../../base/selection.ts";
import type { Hit, Hover } from "./hover.ts";

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

/** What is picked in a drawing, with its name where it has one. */
export interface Part extends ChosenPart {
  readonly name?: string;
}

/** How a drawing takes part in a selection. */
export interface Links {
  /** Shows what is selected, in place. */
  show(chosen: Chosen): void;
  /** What a click at (x, y) selects, in the picture's coordinates; null for nothing. */
  at(x: number, y: number): Part | null;
  /** What lies within a closed outline; without it there is no lasso. */
  within?(outline: readonly (readonly [number, number])[]): ChosenPart;
  /** What the arrow keys step through. */
  readonly stops: number;
  stop(i: number): { readonly hit: Hit; readonly part: Part };
  /** For a picture that can show a part of itself. */
  readonly zoom?: PlacedZoom;
}

/** Shows less or more of a picture; each redraws it. */
export interface Zoom {
  /** `factor` times as much, around a place of what the keys step through. */
  by(factor: number, place?: number): void;
  /** Moves by a share of what is shown. */
  pan(share: number): void;
  whole(): void;
  /** Brings a stop into view; false where it is there. */
  reveal(stop: number): boolean;
}

/** The same for a pointer in the picture's coordinates. */
export interface PlacedZoom extends Zoom {
  /** The place at a height of the picture. */
  placeAt(y: number): number;
  /** Shows the branch under (x, y) alone; false where there is none. */
  into(x: number, y: number): boolean;
}

/** What a reader can change about the view of a picture. */
export interface View {
  /** Stands above the picture. */
  readonly controls: HTMLElement;
  /** `redraw` is called after every change. */
  whenChanged(redraw: () => void): void;
}

/** One drawing of a chart at one width. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  readonly layers?: readonly Layer[];
  readonly hover?: Hover;
  /** For a chart with a selection. */
  readonly links?: Links;
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
  /** What can be selected in it, and where that is kept. */
  readonly selecting?: Selecting;
  readonly view?: View;
}

/** The selection of a chart. */
export interface Selecting {
  readonly selection: Selection;
  /** What the arrow keys step through, for screen readers: "genes by p-value". */
  readonly stops: string;
  /** The value of the element; the selection's by default. */
  value?(): unknown;
  /** Told what a click, the keys or a lasso are about to pick here (null clears), and undefined when that is done. */
  picking?(part: Part | null | undefined, added: boolean): void;
  /** Told of every change of the selection, before the element dispatches "input". */
  changed?(): void;
  /** An element below the picture. */
  readonly below?: HTMLElement;
}
