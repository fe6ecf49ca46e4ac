import { inksOf } from "./colour.ts";
import { html, svg } from "./svg.ts";

/** What is under the pointer, in the picture's coordinates. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  /** A ring of this radius around a point, or a box of this size from (x, y). */
  readonly radius?: number;
  readonly size?: readonly [width: number, height: number];
  /** An outline of its own, with the tip at (x, y). */
  readonly path?: string;
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/** Finds what is under (x, y); null for nothing. */
export type Hover = (x: number, y: number) => Hit | null;

/** The nearest of the points within `reach` px, described by `describe`. */
export function nearestPoint(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  describe: (i: number) => Pick<Hit, "title" | "rows">,
  { radius = 4, reach = 20 } = {},
): Hover {
  return (x, y) => {
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < xs.length; ++i) {
      const dx = xs[i] - x;
      const dy = ys[i] - y;
      const d = dx * dx + dy * dy;
      if (d < least) {
        least = d;
        best = i;
      }
    }
    if (best < 0) return null;
    return { x: xs[best], y: ys[best], radius: radius + 2.5, ...describe(best) };
  };
}

/** A tip that follows the pointer, and can be put elsewhere. */
export interface HoverTip {
  show(hit: Hit): void;
  hide(): void;
  dispose(): void;
}

/** Shows a tip for what is under the pointer (mouse, pen or touch), kept within the figure. */
export function attachHover(
  figure: HTMLElement,
  body: HTMLElement,
  picture: SVGSVGElement,
  hover: Hover,
  dark: boolean,
): HoverTip {
  const tip = html("div", "chart-tip");
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  body.append(tip);
  const mark = svg("g", { "pointer-events": "none", "data-live": "" });
  picture.append(mark);
  const stroke = inksOf(dark).ink;
  const hide = () => {
    tip.hidden = true;
    mark.replaceChildren();
  };
  const scaleOf = (box: DOMRect) => Number(picture.getAttribute("width")) / (box.width || 1);
  const move = (event: PointerEvent) => {
    const box = picture.getBoundingClientRect();
    const scale = scaleOf(box);
    const hit = hover((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    if (hit) show(hit);
    else hide();
  };
  const show = (hit: Hit) => {
    const scale = scaleOf(picture.getBoundingClientRect());
    const shape = hit.path
      ? svg("path", { d: hit.path })
      : hit.size
        ? svg("rect", { x: hit.x, y: hit.y, width: hit.size[0], height: hit.size[1] })
        : svg("circle", { cx: hit.x, cy: hit.y, r: hit.radius ?? 6 });
    shape.setAttribute("fill", "none");
    shape.setAttribute("stroke", stroke);
    shape.setAttribute("stroke-width", "1.5");
    mark.replaceChildren(shape);
    const list = html("dl", "");
    for (const [name, value] of hit.rows) list.append(html("dt", "", name), html("dd", "", value));
    tip.replaceChildren(html("strong", "", hit.title), list);
    tip.hidden = false;
    const [w, h] = hit.size ?? [0, 0];
    const x = (hit.x + w / 2) / scale;
    const y = hit.y / scale;
    const room = body.clientWidth;
    const left = Math.max(0, Math.min(x - tip.offsetWidth / 2, room - tip.offsetWidth));
    const above = y - tip.offsetHeight - 12;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < -figure.offsetTop && above < -60 ? y + h / scale + 12 : above}px`;
  };
  body.addEventListener("pointermove", move);
  body.addEventListener("pointerdown", move);
  body.addEventListener("pointerleave", hide);
  return {
    show,
    hide,
    dispose() {
      body.removeEventListener("pointermove", move);
      body.removeEventListener("pointerdown", move);
      body.removeEventListener("pointerleave", hide);
      tip.remove();
      mark.remove();
    },
  };
}
