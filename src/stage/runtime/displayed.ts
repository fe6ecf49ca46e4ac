const blocks = new Set(
  "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tr ul".split(
    " ",
  ),
);
const silent = new Set(["style", "script", "template", "button", "select", "option", "menu"]);

/** The text of what an element shows: a line for each block, cells of a table apart, nothing of styles and buttons but those that head a column or make a control. */
export function displayedText(root: Node): string {
  let text = "";
  const visit = (node: Node): void => {
    if (node.nodeType === 3) text += textOf(node);
    if (node.nodeType !== 1) return;
    const element = node as Element;
    const name = element.localName;
    if (element.hasAttribute("hidden")) return;
    if (
      silent.has(name) &&
      !(name === "button" && element.closest("th, [role=columnheader], form"))
    )
      return;
    if (name === "br") text += "\n";
    const isBlock = blocks.has(name) || name === "text" || name === "title";
    if (isBlock) text += "\n";
    element.childNodes.forEach(visit);
    if (isBlock) text += "\n";
    if (name === "td" || name === "th") text += "\t";
  };
  root.childNodes.forEach(visit);
  return text
    .split("\n")
    .map((line) => line.replace(/[^\S\t]+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

/** A text node's text; its line breaks count only where they are shown. */
function textOf(node: Node): string {
  const text = node.textContent ?? "";
  return node.parentElement?.closest("pre, .observablehq") ? text : text.replace(/\s+/g, " ");
}

/** What an element shows, as markup: a picture alone as a file of SVG, anything else as HTML. */
export function displayedMarkup(root: HTMLElement): { format: "svg" | "html"; markup: string } {
  const picture = onlyPicture(root);
  if (picture) return { format: "svg", markup: new XMLSerializer().serializeToString(picture) };
  return { format: "html", markup: root.innerHTML };
}

/** The one SVG of an output that shows nothing else; buttons and their icons beside it don't count. */
function onlyPicture(root: HTMLElement): SVGSVGElement | null {
  const pictures = [...root.querySelectorAll<SVGSVGElement>("svg")].filter(
    (svg) =>
      !svg.parentElement?.closest("svg, button, menu, summary, a[role=button]") &&
      !svg.classList.contains("observablehq--caret"),
  );
  if (pictures.length !== 1 || root.querySelector("img, canvas, video, input, textarea"))
    return null;
  return displayedText(root) === displayedText(parentOf(pictures[0])) ? pictures[0] : null;
}

/** The picture as an only child, so that its text is measured as the output's is. */
function parentOf(picture: SVGSVGElement): Node {
  const parent = document.createElement("div");
  parent.append(picture.cloneNode(true));
  return parent;
}
