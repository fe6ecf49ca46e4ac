/**
 * CSS that loads nothing: without imports, without addresses other than fragments and data of images, without escapes, by which
 * either could be hidden, and without what closes a style element.
 */
export function cleanCss(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, " ")
    .replace(/[\\<]/g, "")
    .replace(/@(?:import|charset|namespace|document)\b[^;{}]*;?/gi, "")
    .replace(/\burl\s*\(\s*(["']?)([^)]*)\)?/gi, (whole, _quote: string, address: string) =>
      isHarmless(address.replace(/["']\s*$/, "").trim()) ? whole : 'url("data:,")',
    )
    .replace(
      /(?:-webkit-)?(?:image-set|cross-fade)\s*\(|\b(?:image|src|element|expression)\s*\(/gi,
      "none(",
    )
    .replace(/\b(?:behavior|-moz-binding)\s*:/gi, "--none:")
    .replace(/\bposition\s*:\s*(?:fixed|sticky)/gi, "position: static");
}

/** A part of the same page, or the data of an image. */
export function isHarmless(address: string): boolean {
  return /^#|^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(address);
}
