type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * An HTML element with attributes and children. True gives an empty attribute; false, null and undefined
 * give none. Strings become text.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string | null | undefined | false)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  for (const child of children) if (child) node.append(child);
  return node;
}

/** Sets, or with false, null or undefined takes away, an attribute; does nothing when it is so already. */
export function setAttribute(
  node: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value === false || value === null || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}
