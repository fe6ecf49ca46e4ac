import { inksOf } from "./colour.ts";
import type { Drawing, Layer } from "./drawing.ts";
import { svg } from "./svg.ts";
import { wrapText } from "./text.ts";

/** Fonts that a saved file may name: found on most machines, and the text stays text. */
export const savedFont = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

export interface Surroundings {
  readonly title?: string;
  readonly subtitle?: string;
  readonly caption?: string;
  readonly label: string;
  readonly description: string;
  readonly dark: boolean;
}

const margin = 16;

/** The drawing with its title, subtitle and caption as one SVG that stands alone: plain colours, safe fonts, editable text, canvas as an image. */
export function composeSvg(drawing: Drawing, around: Surroundings): SVGSVGElement {
  const inks = inksOf(around.dark);
  const width = Number(drawing.svg.getAttribute("width"));
  const height = Number(drawing.svg.getAttribute("height"));
  const root = svg("svg", {
    role: "img",
    "font-family": savedFont,
  });
  const background = svg("rect", { fill: around.dark ? inks.paper : "#ffffff" });
  root.append(svg("title", {}, around.label), svg("desc", {}, around.description), background);
  let y = margin;
  const write = (text: string | undefined, size: number, weight: number, fill: string) => {
    if (!text) return;
    for (const line of wrapText(text, width, size, Infinity, weight)) {
      y += size * 1.3;
      root.append(
        svg(
          "text",
          { x: margin, y: y - size * 0.3, "font-size": size, "font-weight": weight, fill },
          line,
        ),
      );
    }
  };
  write(around.title, 16, 600, inks.ink);
  write(around.subtitle, 13, 400, inks.muted);
  if (around.title || around.subtitle) y += 10;
  const picture = drawing.svg.cloneNode(true) as SVGSVGElement;
  picture.removeAttribute("style");
  picture.removeAttribute("aria-hidden");
  picture.setAttribute("overflow", "visible");
  for (const live of picture.querySelectorAll("[data-live]")) live.remove();
  picture.setAttribute("x", String(margin));
  picture.setAttribute("y", String(y));
  for (const layer of [...(drawing.layers ?? [])].reverse()) {
    const shapes = layer.vector?.() ?? imageOf(layer);
    if (!shapes) continue;
    if (layer.canvas.style.opacity) shapes.setAttribute("opacity", layer.canvas.style.opacity);
    picture.prepend(shapes);
  }
  root.append(picture);
  y += height;
  if (around.caption) y += 8;
  write(around.caption, 12, 400, inks.muted);
  y += margin;
  const full = width + 2 * margin;
  root.setAttribute("width", String(full));
  root.setAttribute("height", String(Math.ceil(y)));
  root.setAttribute("viewBox", `0 0 ${full} ${Math.ceil(y)}`);
  background.setAttribute("width", String(full));
  background.setAttribute("height", String(Math.ceil(y)));
  return root;
}

function imageOf({ canvas, x, y, width, height }: Layer): SVGElement | null {
  if (typeof CanvasRenderingContext2D === "undefined") return null;
  return svg("image", {
    x,
    y,
    width,
    height,
    preserveAspectRatio: "none",
    style: canvas.style.imageRendering === "pixelated" ? "image-rendering:pixelated" : null,
    href: canvas.toDataURL("image/png"),
  });
}

/** The SVG as PNG bytes at `scale` pixels per px. */
export async function svgToPng(picture: SVGSVGElement, scale: number): Promise<Blob> {
  const width = Number(picture.getAttribute("width"));
  const height = Number(picture.getAttribute("height"));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.scale(scale, scale);
  context.drawImage(image, 0, 0, width, height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("picture too large for PNG"))),
      "image/png",
    ),
  );
}

/** Gives the reader a file. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
