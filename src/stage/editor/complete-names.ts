import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { completionPath } from "@codemirror/lang-javascript";
import type { Completions } from "./types.ts";

const identifier = /^[\w$]*$/;

/**
 * Completes names of cells and builtins in JavaScript, and after "Plot." and the like the builtin's
 * members. Null inside strings and comments, and where no name can stand.
 */
export function completeNames(
  context: CompletionContext,
  complete: () => Completions,
): CompletionResult | null {
  const place = completionPath(context);
  if (!place) return null;
  return {
    from: context.pos - place.name.length,
    options: nameOptions(complete(), place.path.join(".")),
    validFor: identifier,
  };
}

/** Completes the same names inside `${…}` of a Markdown, HTML, SQL or TeX cell. */
export function completeInterpolation(
  context: CompletionContext,
  complete: () => Completions,
): CompletionResult | null {
  const before = context.state.sliceDoc(Math.max(0, context.pos - 2000), context.pos);
  const open = before.lastIndexOf("${");
  if (open < 0 || closes(before.slice(open + 2))) return null;
  const [, path = "", name = ""] = /((?:[A-Za-z_$][\w$]*\.)*)([\w$]*)$/.exec(before) ?? [];
  if (!name && !path && !context.explicit) return null;
  return {
    from: context.pos - name.length,
    options: nameOptions(complete(), path.replace(/\.$/, "")),
    validFor: identifier,
  };
}

/** Whether a text that follows "${" closes that brace. */
function closes(text: string): boolean {
  let depth = 1;
  for (const c of text) {
    if (c === "{") ++depth;
    else if (c === "}" && --depth === 0) return true;
  }
  return false;
}

function nameOptions({ cells, builtins }: Completions, path: string): Completion[] {
  const options: Completion[] = [];
  if (path === "")
    for (const { name, detail } of cells)
      options.push({ label: name, detail: detail ?? "cell", type: "variable", boost: 2 });
  const prefix = path === "" ? "" : `${path}.`;
  const seen = new Set(options.map((o) => o.label));
  for (const { name, signature, info } of builtins) {
    if (!name.startsWith(prefix)) continue;
    const label = name.slice(prefix.length);
    if (label.includes(".") || seen.has(label)) continue;
    seen.add(label);
    options.push({
      label,
      detail: signature?.startsWith(name) ? signature.slice(name.length) : signature,
      info,
      type: signature?.includes("(") ? "function" : "constant",
      boost: 1,
    });
  }
  return options;
}
