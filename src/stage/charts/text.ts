const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const marks = /\p{M}/u;

/** The width in px of a text set in the interface font at `size` px: an estimate from classes of letters, so that it is the same everywhere. */
export function textWidth(text: string, size = 12, weight = 400): number {
  let em = 0;
  for (const letter of text) {
    if (marks.test(letter)) continue;
    if (wide.test(letter)) em += 1;
    else if ("iljtfrI.,:;'|!()[] \u00a0-".includes(letter)) em += 0.34;
    else if ("mwMW@%—…".includes(letter)) em += 0.9;
    else if (/[A-Z0-9_&#$+=~<>×−–]/.test(letter)) em += 0.65;
    else em += 0.57;
  }
  return em * size * (weight >= 600 ? 1.06 : 1);
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
