import { argumentError } from "../../base/errors.ts";
import { toCsv } from "./csv.ts";
import type { ChartSpec, Drawing, Layer } from "./drawing.ts";
import { attachHover, type HoverTip } from "./hover.ts";
import { lifeMarker } from "./life.ts";
import { attachLinks, linkCursor, type AttachedLinks } from "./links.ts";
import { chartMenu } from "./menu.ts";
import { composeSvg } from "./save.ts";
import { ensureStyle } from "./style.ts";
import { html } from "./svg.ts";
import { typeset } from "./typeset.ts";

/** What every chart takes. */
export interface FrameOptions {
  /** Above the picture. */
  readonly title?: string;
  readonly subtitle?: string;
  /** Below the picture, before what the picture itself has to say. */
  readonly caption?: string;
  /** Width in px; without it the picture takes the width of its container and follows it. */
  readonly width?: number;
  /** Light or dark inks; without it the picture follows the page. */
  readonly dark?: boolean;
  /** The text that stands for the picture; without it one is made from the data. */
  readonly description?: string;
}

/** The names of FrameOptions, for checkOptions. */
export const frameOptions = [
  "title",
  "subtitle",
  "caption",
  "width",
  "dark",
  "description",
] as const;

/** A chart: a figure that resizes with its container while it is in the document. */
export interface ChartElement extends HTMLElement {
  /** Stops following container and theme; the picture stays as it is. */
  dispose(): void;
  /** The whole picture, with title and caption, as SVG text; in the inks that it is shown in unless told. */
  toSVG(options?: { readonly dark?: boolean }): string;
  /** The data behind the picture as CSV text. */
  toCSV(): string;
  /** What is selected, for charts in which one can select; the element dispatches "input" when that changes. */
  readonly value?: unknown;
}

const leastWidth = 240;
const defaultWidth = 680;
let count = 0;

/**
 * Puts a chart into a figure: title, subtitle, picture, caption, menu and text alternative. Draws when the figure enters the
 * document, and again when its width or light and dark change; at once where `width` is given or nothing can be measured.
 * Only the picture is replaced, so focus in the menu stays.
 */
export function chartFrame(spec: ChartSpec, options: FrameOptions): ChartElement {
  checkFrame(spec.name, options);
  const id = `chart-${++count}`;
  const figure = html("figure", `chart chart-${spec.name}`);
  const body = html("div", "chart-body");
  const { selecting } = spec;
  body.setAttribute("role", selecting ? "group" : "img");
  body.setAttribute("aria-label", options.title ?? spec.label);
  body.setAttribute("aria-describedby", id);
  const description = html("p", "chart-hidden", options.description ?? spec.description);
  description.id = id;
  const notes = html("span", "chart-notes");
  const caption = html("figcaption", "chart-caption");
  if (options.caption) caption.append(html("span", "", options.caption), " ");
  caption.append(notes);

  let drawing: Drawing | null = null;
  let drawnWidth = 0;
  let drawnDark = false;
  let hover: HoverTip | null = null;
  let links: AttachedLinks | null = null;
  const cursor = selecting ? linkCursor(selecting.stops) : null;
  const draw = (width: number, again = false) => {
    const dark = options.dark ?? document.documentElement.dataset.theme === "dark";
    const wanted = Math.max(leastWidth, Math.floor(width));
    if (drawing && wanted === drawnWidth && dark === drawnDark && !again) return;
    links?.dispose();
    hover?.dispose();
    drawing = spec.draw(wanted, dark);
    drawnWidth = wanted;
    drawnDark = dark;
    drawing.svg.setAttribute("aria-hidden", "true");
    const parts = [...(drawing.layers ?? []).map(place), drawing.svg];
    if (cursor && body.contains(cursor)) {
      for (const old of body.querySelectorAll(":scope > *")) if (old !== cursor) old.remove();
      cursor.before(...parts);
    } else body.replaceChildren(...parts, ...(cursor ? [cursor] : []));
    notes.textContent = typeset((drawing.notes ?? []).join(" "));
    caption.hidden = !options.caption && !drawing.notes?.length;
    hover = drawing.hover ? attachHover(figure, body, drawing.svg, drawing.hover, dark) : null;
    links =
      selecting && cursor && drawing.links
        ? attachLinks(body, drawing.svg, cursor, drawing.links, selecting, hover)
        : null;
    links?.show();
    if (again) links?.resume();
  };
  const selected = () => {
    links?.show();
    selecting?.changed?.();
    figure.dispatchEvent(new Event("input", { bubbles: true }));
  };
  spec.view?.whenChanged(() => draw(drawnWidth || (options.width ?? defaultWidth), true));
  const measure = () => options.width ?? body.clientWidth;
  const drawNow = () => {
    const width = measure();
    if (width > 0) draw(width);
  };
  const drawn = (): Drawing => {
    if (!drawing) draw(options.width ?? defaultWidth);
    return drawing!;
  };

  let disposed = false;
  let request = 0;
  let watchers: { disconnect(): void }[] = [];
  const stop = () => {
    for (const watcher of watchers) watcher.disconnect();
    watchers = [];
    if (request) cancelAnimationFrame(request);
    request = 0;
  };
  const later = () => {
    request ||= requestAnimationFrame(() => {
      request = 0;
      drawNow();
    });
  };
  const life = lifeMarker(
    () => {
      if (disposed) return;
      stop();
      ensureStyle(figure.ownerDocument);
      drawNow();
      if (selecting) {
        const { selection } = selecting;
        selection.addEventListener("input", selected);
        watchers.push({ disconnect: () => selection.removeEventListener("input", selected) });
        links?.show();
      }
      if (options.width === undefined && typeof ResizeObserver !== "undefined") {
        const sizes = new ResizeObserver(later);
        sizes.observe(body);
        watchers.push(sizes);
      }
      if (options.dark === undefined) {
        const theme = new MutationObserver(later);
        theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
        watchers.push(theme);
      }
    },
    () => stop(),
  );

  const whole = (dark?: boolean) => {
    let picture = drawn();
    if (dark !== undefined && dark !== drawnDark) {
      picture = spec.draw(drawnWidth, dark);
      if (selecting) picture.links?.show(selecting.selection.value);
    }
    return composeSvg(picture, {
      title: options.title,
      subtitle: options.subtitle,
      caption: [options.caption, typeset((picture.notes ?? []).join(" "))]
        .filter(Boolean)
        .join(" "),
      label: options.title ?? spec.label,
      description: description.textContent ?? "",
      dark: dark ?? drawnDark,
    });
  };
  const csv = () => toCsv(spec.table());
  const head = html("div", "chart-head");
  if (options.title) head.append(html("p", "chart-title", options.title));
  if (options.subtitle) head.append(html("p", "chart-subtitle", options.subtitle));
  const menu = chartMenu(
    fileName(options.title ?? spec.name),
    options.title ?? spec.label,
    () => whole(),
    csv,
  );
  figure.append(head, menu, ...(spec.view ? [spec.view.controls] : []), body, description, caption);
  if (selecting?.below) figure.append(selecting.below);
  figure.append(life);
  if (options.width !== undefined || typeof ResizeObserver === "undefined") drawn();

  if (selecting)
    Object.defineProperty(figure, "value", {
      configurable: true,
      get: () => (selecting.value ? selecting.value() : selecting.selection.value),
    });
  return Object.assign(figure, {
    dispose() {
      disposed = true;
      stop();
      links?.dispose();
      hover?.dispose();
    },
    toSVG: ({ dark }: { readonly dark?: boolean } = {}) =>
      new XMLSerializer().serializeToString(whole(dark)),
    toCSV: csv,
  });
}

function place(layer: Layer): HTMLCanvasElement {
  const { canvas } = layer;
  canvas.style.cssText += `;position:absolute;left:${layer.x}px;top:${layer.y}px;width:${layer.width}px;height:${layer.height}px`;
  return canvas;
}

function fileName(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 80) || "chart"
  );
}

function checkFrame(name: string, options: FrameOptions): void {
  for (const key of ["title", "subtitle", "caption", "description"] as const) {
    const value: unknown = options[key];
    if (value !== undefined && typeof value !== "string")
      throw argumentError(`${name}: invalid ${key}: ${String(value)}`, { help: "It is a string." });
  }
  const { width } = options;
  if (width !== undefined && !(typeof width === "number" && width > 0 && width < 20000))
    throw argumentError(`${name}: invalid width: ${String(width)}`, {
      help: "It is a number of pixels.",
    });
}
