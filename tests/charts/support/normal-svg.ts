/** An SVG as reviewable text: one element a line, numbers to a tenth, attributes as they stand. */
export function normalSvg(text: string): string {
  const depth = { at: 0 };
  return text
    .replace(/<[^>]*>/g, (tag) =>
      tag.replace(/(?<![#\w])-?\d+\.\d+(e-?\d+)?/g, (d) =>
        String(Math.round(Number(d) * 10) / 10 + 0),
      ),
    )
    .replace(/>\s*</g, ">\n<")
    .split("\n")
    .map((line) => {
      const closes = line.startsWith("</");
      if (closes) --depth.at;
      const shown = `${"  ".repeat(Math.max(0, depth.at))}${line}`;
      if (!closes && !line.endsWith("/>") && !line.includes("</")) ++depth.at;
      return shown;
    })
    .join("\n")
    .concat("\n");
}
