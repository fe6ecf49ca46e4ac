const namespace = "http://www.w3.org/2000/svg";

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** An SVG element with attributes (null and undefined are left out, numbers rounded to 1/100) and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    node.setAttribute(key, typeof value === "number" ? String(round(value)) : value);
  }
  node.append(...children);
  return node;
}

/** An HTML element with a class and children. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Text that was cut keeps its whole in a title. */
export function textNode(shown: string, attributes: Attributes, whole = shown): SVGTextElement {
  const node = svg("text", attributes, shown);
  if (whole !== shown) node.append(svg("title", {}, whole));
  return node;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
