import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: true });

// A line does not end between a number and its sign: "71 %", "padj < 0.05".
markdown.core.ruler.push("no-break", ({ tokens }) => {
  for (const { children } of tokens)
    for (const token of children ?? [])
      if (token.type === "text")
        token.content = token.content
          .replace(/(\d) %/g, "$1\u00a0%")
          .replace(/ ([<>≤≥=]) (?=[\d.])/g, "\u00a0$1\u00a0");
});

/**
 * The builtin `md`: a tagged template of Markdown. A `${…}` that is a node is placed where it stands; an array
 * is its items in a row; anything else is its text, read as Markdown. Headings get ids for links within the
 * notebook. Returns one element.
 */
export function md(template: readonly string[], ...values: unknown[]): Element {
  const nodes: Node[] = [];
  let source = template[0];
  values.forEach((value, i) => {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      source += item instanceof Node ? slot(nodes.push(item) - 1) : String(item);
    source += template[i + 1];
  });
  const root = document.createElement("div");
  root.className = "prose";
  root.innerHTML = markdown.render(source);
  for (const place of root.querySelectorAll("o-slot"))
    place.replaceWith(nodes[Number(place.getAttribute("at"))] ?? "");
  const taken = new Set<string>();
  for (const heading of root.querySelectorAll("h1, h2, h3, h4")) {
    const id = slug(heading.textContent ?? "");
    if (id && !taken.has(id) && !heading.id) heading.id = id;
    taken.add(id);
  }
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[href]"))
    if (!link.getAttribute("href")!.startsWith("#")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  return root;
}

function slot(i: number): string {
  return `<o-slot at="${i}"></o-slot>`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
