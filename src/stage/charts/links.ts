import type { ChosenPart } from "../../base/selection.ts";
import type { Links, Part, Selecting, Zoom } from "./drawing.ts";
import type { HoverTip } from "./hover.ts";
import { html, svg } from "./svg.ts";

/** What takes the keyboard in a chart with a selection: a slider over its marks, read out one by one. */
export function linkCursor(stops: string): HTMLElement {
  const cursor = html("div", "chart-cursor");
  cursor.tabIndex = 0;
  cursor.setAttribute("role", "slider");
  cursor.setAttribute(
    "aria-label",
    `${stops}: arrow keys move, Enter selects, Space adds, Escape clears`,
  );
  cursor.setAttribute("aria-valuemin", "0");
  cursor.setAttribute("aria-valuemax", "0");
  cursor.setAttribute("aria-valuenow", "0");
  cursor.setAttribute("aria-valuetext", "none");
  return cursor;
}

/** Keys of a picture that zooms. */
const zooms: Readonly<Record<string, (zoom: Zoom, place?: number) => void>> = {
  "+": (zoom, place) => zoom.by(0.5, place),
  "=": (zoom, place) => zoom.by(0.5, place),
  "-": (zoom, place) => zoom.by(2, place),
  "0": (zoom) => zoom.whole(),
};

/** Px that a pointer must travel before a click becomes a lasso. */
const slack = 4;

/** The links of one drawing. */
export interface AttachedLinks {
  /** Shows what is selected. */
  show(): void;
  /** Takes up the place of the keys in the drawing before. */
  resume(): void;
  dispose(): void;
}

/** Lets clicks, a lasso and the arrow keys select in a drawing, and shows in it what is selected. */
export function attachLinks(
  body: HTMLElement,
  picture: SVGSVGElement,
  cursor: HTMLElement,
  links: Links,
  { selection, picking }: Selecting,
  tip: HoverTip | null,
): AttachedLinks {
  const take = (part: Part | null, adds: boolean) => {
    picking?.(part, adds);
    if (part === null) selection.select(emptied(links));
    else if (adds) selection.toggle(part);
    else selection.select(part);
    picking?.(undefined, adds);
  };
  const place = (event: MouseEvent): [number, number] => {
    const box = picture.getBoundingClientRect();
    const scale = Number(picture.getAttribute("width")) / (box.width || 1);
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  const adding = (event: MouseEvent | KeyboardEvent) =>
    event.shiftKey || event.ctrlKey || event.metaKey;

  let outline: [number, number][] | null = null;
  let path: SVGPathElement | null = null;
  const dropLasso = () => {
    path?.remove();
    path = null;
    outline = null;
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    outline = [place(event)];
  };
  const move = (event: PointerEvent) => {
    const at = place(event);
    body.classList.toggle("chart-pointed", !path && links.at(...at) !== null);
    if (!outline || !links.within || event.pointerType === "touch") return;
    if (!path && Math.hypot(at[0] - outline[0][0], at[1] - outline[0][1]) < slack) return;
    if (!path) {
      path = svg("path", {
        "data-live": "",
        fill: "currentColor",
        "fill-opacity": "0.07",
        stroke: "currentColor",
        "stroke-width": 1.25,
        "stroke-dasharray": "4 3",
        "pointer-events": "none",
      });
      picture.append(path);
      body.setPointerCapture?.(event.pointerId);
    }
    tip?.hide();
    outline.push(at);
    path.setAttribute(
      "d",
      `M${outline.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z`,
    );
  };
  const up = (event: PointerEvent) => {
    if (!outline) return;
    const drawn = path ? outline : null;
    const at = outline[0];
    dropLasso();
    if (drawn && links.within) return take(links.within(drawn), adding(event));
    const part = links.at(...at);
    if (part) take(part, adding(event));
    else if (!adding(event)) take(null, false);
  };
  const leave = () => body.classList.remove("chart-pointed");

  const { zoom } = links;
  let at = Number(cursor.dataset.at ?? -1);
  if (at >= links.stops) at = -1;
  const go = (to: number) => {
    at = Math.max(0, Math.min(links.stops - 1, to));
    cursor.dataset.at = String(at);
    // What brings it into view draws again, and its links go there.
    if (zoom?.reveal(at)) return;
    const { hit } = links.stop(at);
    tip?.show(hit);
    cursor.setAttribute("aria-valuenow", String(at + 1));
    cursor.setAttribute(
      "aria-valuetext",
      [hit.title, ...hit.rows.map(([name, value]) => `${name} ${value}`)].join(", "),
    );
  };
  const key = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: links.stops - 1,
    };
    if (event.key in steps) {
      if (links.stops) go(steps[event.key]);
    } else if (event.key === "Enter" || event.key === " ") {
      if (at < 0 && links.stops) go(0);
      if (at >= 0) take(links.stop(at).part, event.key === " " || adding(event));
    } else if (zoom && event.key in zooms) {
      const place = at < 0 ? undefined : at;
      zooms[event.key](zoom, place);
    } else if (event.key === "Escape") {
      if (path) dropLasso();
      else take(null, false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const blur = () => tip?.hide();
  const wheel = (event: WheelEvent) => {
    if (!zoom) return;
    if (event.ctrlKey || event.metaKey)
      zoom.by(
        Math.exp(Math.max(-80, Math.min(80, event.deltaY)) * 0.01),
        zoom.placeAt(place(event)[1]),
      );
    else if (event.shiftKey) zoom.pan(Math.sign(event.deltaY || event.deltaX) * 0.1);
    else return;
    event.preventDefault();
  };
  const twice = (event: MouseEvent) => {
    if (zoom?.into(...place(event))) event.preventDefault();
  };
  body.addEventListener("wheel", wheel, { passive: false });
  body.addEventListener("dblclick", twice);
  cursor.setAttribute("aria-valuemin", links.stops ? "1" : "0");
  cursor.setAttribute("aria-valuemax", String(links.stops));
  cursor.setAttribute("aria-valuenow", String(Math.max(at + 1, links.stops ? 1 : 0)));
  if (zoom) {
    cursor.setAttribute("aria-keyshortcuts", "+ - 0");
    const label = cursor.getAttribute("aria-label")!;
    const words = ", plus and minus zoom, 0 shows the whole";
    if (!label.endsWith(words)) cursor.setAttribute("aria-label", label + words);
  }
  cursor.addEventListener("keydown", key);
  cursor.addEventListener("blur", blur);
  body.classList.add("chart-selects");
  body.classList.toggle("chart-lasso", links.within !== undefined);
  const heard = {
    pointerdown: down,
    pointermove: move,
    pointerup: up,
    pointercancel: dropLasso,
    pointerleave: leave,
  };
  for (const [type, act] of Object.entries(heard))
    body.addEventListener(type, act as (event: Event) => void);
  return {
    show: () => links.show(selection.value),
    resume() {
      if (at >= 0 && cursor.matches(":focus")) go(at);
    },
    dispose() {
      for (const [type, act] of Object.entries(heard))
        body.removeEventListener(type, act as (event: Event) => void);
      body.removeEventListener("wheel", wheel);
      body.removeEventListener("dblclick", twice);
      cursor.removeEventListener("keydown", key);
      cursor.removeEventListener("blur", blur);
      dropLasso();
    },
  };
}

/** What clearing empties: the kinds that the drawing selects. */
function emptied(links: Links): ChosenPart {
  if (!links.stops) return { genes: [] };
  const kinds = [links.stop(0).part, links.stop(links.stops - 1).part];
  return {
    ...(kinds.some(({ genes }) => genes) && { genes: [] }),
    ...(kinds.some(({ samples }) => samples) && { samples: [] }),
  };
}
