const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const marks = /\p{M}/u;

/** Advances of U+0020 to U+007E in hundredths of an em, a letter of this string for each: its code is the advance + 24. Figures are tabular. */
const ascii =
  "45GWXzX6<<JZ5F5<XXXXXXXXXX56ZZZKy]Ya`TScb3Q[QrcdXdXXYb]{\\\\W<<<GF8PUQUR=US00O0pSTUU>M9SPjOPOC9CZ";

/** The width in px of a text in the interface font at `size` px, from the advances of its letters, so that it is the same everywhere; a few per cent too wide, for other fonts. */
export function textWidth(text: string, size = 12, weight = 400): number {
  let hundredths = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (code >= 32 && code < 127) hundredths += ascii.charCodeAt(code - 32) - 24;
    else if (marks.test(letter)) continue;
    else if (wide.test(letter)) hundredths += 100;
    else if (" \u00a0\u2009\u202f".includes(letter)) hundredths += 24;
    else hundredths += 64;
  }
  return (hundredths / 100) * size * (weight >= 600 ? 1.05 : 1.02);
}

/** The text cut to at most `width` px with an ellipsis; whole code points only. */
export function ellipsis(text: string, width: number, size = 12, weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const cut = `${letters.slice(0, middle).join("").trimEnd()}…`;
    if (textWidth(cut, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "…" : `${letters.slice(0, low).join("").trimEnd()}…`;
}

/** The text cut in its middle to at most `width` px: names in a row differ most often at their ends. */
export function middleEllipsis(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  for (let kept = letters.length - 1; kept > 1; --kept) {
    const start = Math.ceil(kept * 0.4);
    const cut = `${letters.slice(0, start).join("")}…${letters.slice(letters.length - (kept - start)).join("")}`;
    if (textWidth(cut, size) <= width) return cut;
  }
  return "…";
}

/** The text broken into lines of at most `width` px, at spaces (or after - _ / .) where possible; the last of `maximum` lines is cut with an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  size = 12,
  maximum = Infinity,
  weight = 400,
): string[] {
  const pieces = text.split(/(?<=[\s\-_/.,;|])/u);
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && textWidth((line + piece).trimEnd(), size, weight) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  if (line.trimEnd() !== "" || lines.length === 0) lines.push(line.trimEnd());
  const kept = lines.slice(0, maximum);
  if (lines.length > maximum) kept[maximum - 1] = lines.slice(maximum - 1).join(" ");
  return kept.map((l) => ellipsis(l, width, size, weight));
}
