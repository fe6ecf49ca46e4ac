const paths = {
  chevron: "M6 3.5 10.5 8 6 12.5",
  dots: "M8 3v.01M8 8v.01M8 13v.01",
  plus: "M8 3v10M3 8h10",
  run: "M5 3.2v9.6l7.5-4.8z",
  pin: "M6 2.5h4M6.8 2.5v4L4.5 9.5h7L9.2 6.5v-4M8 9.5v4",
  close: "M4 4l8 8M12 4l-8 8",
  up: "M8 13V3.5M4 7.2 8 3.2l4 4",
  down: "M8 3v9.5M4 8.8l4 4 4-4",
  trash: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
  warn: "M8 2.5 14.2 13.3H1.8zM8 6.5v3.2M8 11.5v.01",
  check: "M3 8.5 6.5 12 13 4.5",
} as const;

export type IconName = keyof typeof paths;

/** A 16-unit line icon in the colour of the text, hidden from screen readers: its button carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
