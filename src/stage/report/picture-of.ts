/** Widest that a canvas is kept, in pixels: twice a page's width. */
const widest = 2400;

interface Chart extends HTMLElement {
  toSVG(options?: { readonly dark?: boolean }): string;
}

/** The picture that an element is, standing alone; null for anything else. */
export function pictureOf(element: HTMLElement): Element | null {
  if (element.matches("figure.chart") && typeof (element as Chart).toSVG === "function")
    return chartFigure(element as Chart);
  if (element instanceof HTMLCanvasElement) return imageOf(element, element, element.ariaLabel);
  if (element instanceof HTMLImageElement) {
    if (element.src.startsWith("data:image/")) return null;
    if (element.complete && element.naturalWidth > 0)
      return imageOf(element, element, element.alt, [element.naturalWidth, element.naturalHeight]);
    return note(`An image is not in this report: ${element.alt || "without a description"}.`);
  }
  return null;
}

/** A chart of ours as it would be saved, in light inks, with what stands below it. */
function chartFigure(chart: Chart): Element {
  const figure = document.createElement("figure");
  const svg = new DOMParser().parseFromString(chart.toSVG({ dark: false }), "image/svg+xml");
  figure.append(document.importNode(svg.documentElement, true));
  const caption = chart.querySelector(":scope > figcaption");
  for (let next = caption?.nextElementSibling; next; next = next.nextElementSibling)
    if (next instanceof HTMLElement && next.offsetHeight > 1) figure.append(next.cloneNode(true));
  return figure;
}

function imageOf(
  element: HTMLElement,
  source: HTMLCanvasElement | HTMLImageElement,
  description: string | null,
  size: readonly [number, number] = [source.width, source.height],
): Element {
  const image = document.createElement("img");
  image.alt = description ?? "";
  const style = element.getAttribute("style");
  if (style) image.setAttribute("style", style);
  const box = element.getBoundingClientRect();
  image.width = Math.round(box.width || size[0]);
  image.height = Math.round(box.height || size[1]);
  try {
    const scale = Math.min(1, widest / Math.max(1, size[0]));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(size[0] * scale));
    canvas.height = Math.max(1, Math.round(size[1] * scale));
    canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
    image.src = canvas.toDataURL("image/png");
  } catch {
    return note(`An image is not in this report: ${description || "it can't be copied"}.`);
  }
  return image;
}

function note(text: string): Element {
  const p = document.createElement("p");
  p.className = "report-note";
  p.textContent = text;
  return p;
}
