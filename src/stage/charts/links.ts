import type { ChosenPart } from "../../base/selection.ts";
import type { Links, Part, Selecting } from "./drawing.ts";
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

/** Px that a pointer must travel before a click becomes a lasso. */
const slack = 4;

/** Lets clicks, a lasso and the arrow keys select in a drawing, and shows in it what is selected. */
export function attachLinks(
  body: HTMLElement,
  picture: SVGSVGElement,
  cursor: HTMLElement,
  links: Links,
  { selection, picking }: Selecting,
  tip: HoverTip | null,
): { show(): void; dispose(): void } {
  const take = (part: Part | null, adds: boolean) => {
    picking?.(part, adds);
    if (part === null) selection.select(emptied(links));
    else if (adds) selection.toggle(part);
    else selection.select(part);
    picking?.(undefined, adds);
  };
  const place = (event: PointerEvent): [number, number] => {
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

  let at = -1;
  const go = (to: number) => {
    at = Math.max(0, Math.min(links.stops - 1, to));
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
    } else if (event.key === "Escape") {
      if (path) dropLasso();
      else take(null, false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const blur = () => tip?.hide();
  cursor.setAttribute("aria-valuemin", links.stops ? "1" : "0");
  cursor.setAttribute("aria-valuemax", String(links.stops));
  cursor.setAttribute("aria-valuenow", links.stops ? "1" : "0");
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
    dispose() {
      for (const [type, act] of Object.entries(heard))
        body.removeEventListener(type, act as (event: Event) => void);
      cursor.removeEventListener("keydown", key);
      cursor.removeEventListener("blur", blur);
      dropLasso();
    },
  };
}

/** What clearing empties: the kinds that the drawing selects. */
function emptied(links: Links): ChosenPart {
  const kinds = links.stops ? links.stop(0).part : { genes: [] };
  return {
    ...(kinds.genes && { genes: [] }),
    ...(kinds.samples && { samples: [] }),
  };
}
