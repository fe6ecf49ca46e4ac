const noBreak = "\u00a0";

/** A caption as it is set: "log₂" for "log2", and no line ends between a number and its per cent sign or inside "n = 6". */
export function typeset(text: string): string {
  return text
    .replace(
      /\blog(2|10)(?=[ (])/gi,
      (all, base: string) => all.slice(0, 3) + (base === "2" ? "₂" : "₁₀"),
    )
    .replace(/(\d) %/g, `$1${noBreak}%`)
    .replace(/\bn = (?=\d)/g, `n${noBreak}=${noBreak}`);
}
