import { cleanCss, isHarmless } from "./clean-css.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const html = words(
  "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark meter nav ol p pre progress q rp rt ruby s samp section small span strong style sub summary sup table tbody td tfoot th thead time tr u ul var wbr",
);
const svg = words(
  "svg g a path rect circle ellipse line polyline polygon text tspan textPath title desc defs symbol use marker linearGradient radialGradient stop pattern clipPath mask image style filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset",
);
const math = words(
  "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics",
);
const known: Readonly<Record<string, ReadonlySet<string>>> = {
  "http://www.w3.org/1999/xhtml": html,
  "http://www.w3.org/2000/svg": svg,
  "http://www.w3.org/1998/Math/MathML": math,
};
/** Those of which the content goes too; other unknown elements give way to what they hold. */
const gone = words(
  "script noscript template iframe frame frameset object embed applet portal audio video source track canvas input button select option textarea datalist output link meta base head title foreignObject animate animateMotion animateTransform set handler listener annotation-xml maction mglyph",
);
/** Attributes that load, send or run something, or that act on a page around. */
const never = words(
  "srcset srcdoc action formaction ping background poster data manifest target form lowsrc dynsrc longdesc usemap codebase classid archive profile xml:base autofocus contenteditable tabindex accesskey autoplay download nonce integrity http-equiv",
);

/**
 * Markup from a notebook, made safe to keep and to send: known elements of text, tables, SVG and MathML, no script, no handlers, no
 * forms, links to web pages and mail only, images only where the markup holds their data. What it was is somebody else's program's
 * output, and is taken for hostile.
 */
export function cleanMarkup(markup: string): string {
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  cleanChildren(body);
  return body.innerHTML;
}

function cleanChildren(parent: Element): void {
  for (const node of Array.from(parent.childNodes)) {
    if (node.nodeType === Node.TEXT_NODE) continue;
    if (!(node instanceof Element)) node.remove();
    else cleanElement(node);
  }
}

function cleanElement(element: Element): void {
  const name = element.localName;
  const names = known[element.namespaceURI ?? ""];
  if (!names?.has(name)) {
    if (gone.has(name) || names !== html) return element.remove();
    cleanChildren(element);
    return element.replaceWith(...element.childNodes);
  }
  for (const attribute of Array.from(element.attributes))
    if (!keep(element, attribute)) element.removeAttributeNode(attribute);
  if (name === "style") {
    element.textContent = cleanCss(element.textContent ?? "");
    return;
  }
  if (name === "img" && !element.hasAttribute("src"))
    return element.replaceWith(element.getAttribute("alt") ?? "");
  if (name === "a") element.setAttribute("rel", "noopener noreferrer");
  cleanChildren(element);
}

function keep(element: Element, attribute: Attr): boolean {
  const name = attribute.name.toLowerCase();
  const value = attribute.value;
  if (name.startsWith("on") || never.has(name) || name.startsWith("xmlns:")) return false;
  if (name === "style") {
    attribute.value = cleanCss(value);
    return true;
  }
  if (name === "src") return element.localName === "img" && isHarmless(value.trim());
  if (name === "href" || name === "xlink:href") {
    if (element.localName === "a")
      return /^(?:https?:|mailto:|#)/i.test(value.replace(/[\s\p{Cc}]+/gu, ""));
    return element.localName === "image" ? isHarmless(value.trim()) : value.startsWith("#");
  }
  if (/\burl\s*\(|\\/i.test(value)) attribute.value = cleanCss(value);
  return !/^\s*(?:javascript|vbscript):/i.test(value.replace(/\p{Cc}+/gu, ""));
}
