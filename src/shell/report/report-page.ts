import theme from "../../base/theme.css?raw";
import type { ReportCell } from "../../protocol/stage.ts";
import { cleanMarkup } from "./clean-markup.ts";
import style from "./report.css?raw";

export interface ReportHead {
  readonly title: string;
  /** When it was saved, in ms. */
  readonly at: number;
}

/** The policy of the file: it runs nothing, loads nothing and sends nothing, whatever it holds. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The longest report that is made, in characters. */
const longest = 200_000_000;

/** A notebook's outputs as one page that stands alone. What the cells gave is cleaned here. */
export function reportPage({ title, at }: ReportHead, cells: readonly ReportCell[]): string {
  const parts = cells.slice(0, 100_000).map(section);
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (size > longest) throw new RangeError(`the report is too long: ${size} characters`);
  const named = parts.some((part) => /<h1[\s>]/.test(part));
  const date = new Date(at).toLocaleDateString("en-GB", { dateStyle: "long" });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Engrailed">
<title>${escape(title)}</title>
<style>
${theme.replaceAll("</", "<\\/")}
${style}
</style>
</head>
<body>
<main>
${named ? "" : `<h1>${escape(title)}</h1>\n`}${parts.join("\n")}
</main>
<footer>
<p>${escape(title)}, saved ${escape(date)} from an Engrailed notebook. Text, tables and figures are as they stood then; nothing in this file runs.</p>
</footer>
</body>
</html>
`;
}

function section({ mode, html, source, standing }: ReportCell): string {
  const shown = typeof html === "string" ? cleanMarkup(html) : "";
  const parts = [shown.trim() && `<div class="output">${shown}</div>`];
  if (typeof source === "string")
    parts.push(`<pre class="source"><code>${escape(source)}</code></pre>`);
  if (typeof standing === "string") parts.push(`<p class="report-note">${escape(standing)}</p>`);
  const kind = /^[a-z]+$/.test(mode) ? mode : "js";
  return `<section class="cell ${kind}">${parts.filter(Boolean).join("\n")}</section>`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
