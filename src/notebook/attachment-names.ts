import { tokenizer, type Node } from "acorn";
import { simple } from "acorn-walk";
import { parseJavaScript } from "./javascript.ts";
import { parseTemplate } from "./kit.ts";
import { literalText } from "./rewrite-imports.ts";
import { runnableModes, type Cell, type Notebook } from "./types.ts";

/**
 * The names that stand as string literals in calls of FileAttachment, in order of first use: in every cell that runs, and
 * in `${…}` of Markdown, HTML, SQL and TeX. Templates with expressions and computed names are left out, and so is a
 * cell with a syntax error.
 */
export function attachmentNames(notebook: Notebook): string[] {
  const names = new Set<string>();
  for (const cell of notebook.cells) for (const name of namesIn(cell)) names.add(name);
  return [...names];
}

function namesIn({ mode, value }: Cell): string[] {
  if (!(runnableModes as readonly string[]).includes(mode) || !value.includes("FileAttachment"))
    return [];
  try {
    if (mode === "ts") return namesInTokens(value);
    return namesInTree(mode === "js" ? parseJavaScript(value) : parseTemplate(value));
  } catch {
    return [];
  }
}

function namesInTree(root: Node): string[] {
  const names: string[] = [];
  const visit = ({ callee, arguments: args }: { callee: Node; arguments: Node[] }): void => {
    if (
      callee.type !== "Identifier" ||
      (callee as Node & { name: string }).name !== "FileAttachment"
    )
      return;
    const name = args.length ? literalText(args[0]) : null;
    if (name !== null) names.push(name);
  };
  simple(root, { CallExpression: visit, NewExpression: visit });
  return names;
}

/** TypeScript is read by its tokens: its types have no place in a JavaScript tree. */
function namesInTokens(text: string): string[] {
  const names: string[] = [];
  const tokens = [...tokenizer(text, { ecmaVersion: "latest", sourceType: "module" })];
  const label = (i: number): string => tokens[i]?.type.label ?? "";
  tokens.forEach(({ start, end, type }, i) => {
    if (type.label !== "name" || text.slice(start, end) !== "FileAttachment") return;
    if (label(i - 1) === "." || label(i - 1) === "?." || label(i + 1) !== "(") return;
    const template = label(i + 2) === "`" && label(i + 3) === "template" && label(i + 4) === "`";
    const token = tokens[template ? i + 3 : i + 2];
    const after = label(template ? i + 5 : i + 3);
    if ((template || label(i + 2) === "string") && (after === ")" || after === ","))
      names.push(String((token as typeof token & { value: unknown }).value));
  });
  return names;
}
