import { tokenizer, type Token } from "acorn";
import { cellContent } from "./cell-content.ts";
import { isSafeScriptContent } from "./scan.ts";
import type { CellMode } from "./types.ts";

/**
 * The cell's text, changed as little as keeps its meaning, so that it can stand between script tags and is read back
 * by Notebook Kit as it is. Text that is safe, which is nearly all, is returned as it is.
 *
 * Two hazards: `</script/`, an end tag that Notebook Kit does not escape; and `<!--` followed by `<script` without
 * `-->`, which keeps the cell's end tag from ending it. The latter becomes `<\!--` where it stands in a quoted string or a
 * comment of JavaScript, which means the same; elsewhere the cell gets a last line with a comment of its language that
 * holds `-->`.
 */
export function disarm(value: string, mode: CellMode): string {
  const script = mode === "js" || mode === "ts" || mode === "node" || mode === "ojs";
  let text = value.replace(/<\/script\//gi, (tag) =>
    script ? `<\\${tag.slice(1)}` : `${tag.slice(0, -1)} /`,
  );
  if (isSafe(text)) return text;
  if (script) {
    text = escapeComments(text);
    if (isSafe(text)) return text;
  }
  const guarded = `${text}\n${guards[mode]}`;
  return isSafe(guarded) ? guarded : text.replaceAll("<!--", "<\\!--");
}

const guards: Readonly<Record<CellMode, string>> = {
  js: "// -->",
  ts: "// -->",
  node: "// -->",
  ojs: "// -->",
  dot: "// -->",
  md: "\n<!-- -->",
  html: "<!-- -->",
  sql: "-- -->",
  tex: "% -->",
  python: "# -->",
  r: "# -->",
};

function isSafe(value: string): boolean {
  return isSafeScriptContent(cellContent(value));
}

/** Puts a backslash into every `<!--` of a quoted string or comment. */
function escapeComments(text: string): string {
  const spans: [number, number][] = [];
  try {
    const tokens = tokenizer(text, {
      ecmaVersion: "latest",
      sourceType: "module",
      onComment: (_block, _text, start, end) => spans.push([start, end]),
    });
    for (const token of tokens) if (isQuoted(token, text)) spans.push([token.start, token.end]);
  } catch {
    return text; // the guard works in any text
  }
  return text.replaceAll("<!--", (match, at: number) =>
    spans.some(([start, end]) => at >= start && at < end) ? "<\\!--" : match,
  );
}

function isQuoted(token: Token, text: string): boolean {
  return token.type.label === "string" && /["']/.test(text[token.start]);
}
