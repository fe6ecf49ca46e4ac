import { s } from "./element.ts";

/** Outlines on a 16 x 16 field, drawn with a 1.5 stroke. */
const outlines = {
  mark: "M1 5q1.75 3.5 3.5 0q1.75 3.5 3.5 0q1.75 3.5 3.5 0q1.75 3.5 3.5 0M1 10q1.75 3.5 3.5 0q1.75 3.5 3.5 0q1.75 3.5 3.5 0q1.75 3.5 3.5 0",
  run: "M4.5 3v10l8-5z",
  stop: "M4 4h8v8H4z",
  fork: "M4.5 5.5v5M4.5 5.5a1.5 1.5 0 1 0-.01 0M4.5 10.5a1.5 1.5 0 1 0 .01 0M11.5 5.5a1.5 1.5 0 1 0-.01 0M11.5 5.5C11.5 8.5 4.5 7 4.5 10.5",
  save: "M8 2v7.5M5 6.5l3 3 3-3M2.5 11v2.5h11V11",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  panel: "M2 3h12v10H2zM6 3v10",
  close: "M4 4l8 8M12 4l-8 8",
  light:
    "M8 5.2a2.8 2.8 0 1 0 .01 0M8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1",
  dark: "M13 9.8A5.6 5.6 0 0 1 6.2 3 5.6 5.6 0 1 0 13 9.8z",
  system: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  plus: "M8 3v10M3 8h10",
  open: "M2 12.5v-9h4l1.5 2H14v7z",
  file: "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3",
  experiment: "M2 3h12v10H2zM2 6.3h12M2 9.6h12M6 3v10",
  database:
    "M2.5 4c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2v8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2",
  down: "M8 2v8M4.5 6.8 8 10.3l3.5-3.5M3 13.5h10",
} as const;

export type IconName = keyof typeof outlines;

/** A small picture beside a word; hidden from screen readers, which read the word. */
export function icon(name: IconName): SVGSVGElement {
  return s(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    s("path", { d: outlines[name] }),
  );
}
