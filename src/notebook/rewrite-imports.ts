import type { CallExpression, ImportDeclaration, Node } from "acorn";
import { simple } from "acorn-walk";
import { readError } from "../base/errors.ts";
import { parseJavaScript } from "./javascript.ts";

/**
 * The source with its imports turned into calls of the builtin `__import(specifier, names)`, which gives bundled modules
 * and refuses others, and with computed attachment names let through. Lines keep their numbers.
 *
 * Import declarations become constants in front of the first statement, since imports are hoisted. `FileAttachment(name)`
 * with a computed name becomes `FileAttachment.call(null, name)`, which Notebook Kit's compiler does not look into.
 */
export function rewriteImports(source: string): string {
  const root = parseJavaScript(source);
  const edits: { start: number; end: number; text: string }[] = [];
  let hoisted = "";
  simple(root, {
    ImportDeclaration(node) {
      hoisted += importCall(node);
      const blank = source.slice(node.start, node.end).replace(/[^\n\r]/g, " ");
      edits.push({ start: node.start, end: node.end, text: blank });
    },
    ImportExpression({ start }) {
      edits.push({ start, end: start + "import".length, text: "__import" });
    },
    CallExpression(node) {
      if (!hasComputedName(node)) return;
      const end = node.callee.end;
      edits.push({ start: end, end, text: node.optional ? "?.call" : ".call" });
      const open = openParenthesis(source, end);
      const comma = node.arguments.length ? ", " : "";
      edits.push({ start: open + 1, end: open + 1, text: `null${comma}` });
      if (node.optional) edits.push({ start: end, end: open, text: "" });
    },
  });
  let out = hoisted;
  let at = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue;
    out += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + source.slice(at);
}

function importCall(node: ImportDeclaration): string {
  const { source, specifiers } = node;
  if (node.attributes.length > 0)
    throw readError(`import attributes are not supported: ${String(source.value)}`, {
      line: node.loc?.start.line,
      column: (node.loc?.start.column ?? 0) + 1,
    });
  const names: string[] = [];
  const parts: string[] = [];
  let space: string | null = null;
  for (const s of specifiers) {
    if (s.type === "ImportNamespaceSpecifier") {
      space = s.local.name;
      continue;
    }
    const name = importedName(s);
    names.push(JSON.stringify(name));
    parts.push(`${JSON.stringify(name)}: ${s.local.name}`);
  }
  const call = `await __import(${JSON.stringify(source.value)}, [${names.join(", ")}])`;
  if (specifiers.length === 0) return `${call}; `;
  const rest = parts.length ? `{${parts.join(", ")}}` : null;
  if (space === null) return `const ${rest} = ${call}; `;
  return `const ${space} = ${call}${rest ? `, ${rest} = ${space}` : ""}; `;
}

function importedName(
  specifier: Exclude<ImportDeclaration["specifiers"][number], { type: "ImportNamespaceSpecifier" }>,
): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  const { imported } = specifier;
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}

/** A call of FileAttachment whose first argument is not a literal. */
function hasComputedName({ callee, arguments: [name] }: CallExpression): boolean {
  return (
    callee.type === "Identifier" &&
    callee.name === "FileAttachment" &&
    (name === undefined || literalText(name) === null)
  );
}

/** The text of a string literal or of a template without expressions, else null. */
export function literalText(node: Node): string | null {
  const n = node as Node & {
    value?: unknown;
    expressions?: Node[];
    quasis?: { value: { cooked?: string | null } }[];
  };
  if (n.type === "Literal" && typeof n.value === "string") return n.value;
  if (n.type === "TemplateLiteral" && n.expressions?.length === 0)
    return n.quasis?.[0].value.cooked ?? null;
  return null;
}

/** The parenthesis that opens the arguments of a call, after its callee: comments and a closing parenthesis may stand between. */
function openParenthesis(source: string, from: number): number {
  const gap = /(?:\s|\)|\?\.|\/\*[^]*?\*\/|\/\/[^\n]*\n)*/y;
  gap.lastIndex = from;
  gap.exec(source);
  return gap.lastIndex;
}
