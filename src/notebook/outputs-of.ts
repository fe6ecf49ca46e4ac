import type { Pattern } from "acorn";
import { parseJavaScript } from "./javascript.ts";
import type { Cell } from "./types.ts";

/**
 * The names that a cell gives to the rest of the notebook, in order: its declarations, or its output name. For TypeScript,
 * and where the text has a syntax error, those that can be told from the beginnings of its lines.
 */
export function outputsOf(cell: Cell): string[] {
  if (cell.output) return [cell.output];
  if (cell.mode !== "js" && cell.mode !== "ts") return [];
  try {
    return [...new Set(declared(cell.value))];
  } catch {
    const line =
      /^(?:const|let|var|class|(?:async\s+)?function\s*\*?)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
    return [...new Set([...cell.value.matchAll(line)].map((match) => match[1]))];
  }
}

function declared(text: string): string[] {
  const root = parseJavaScript(text);
  if (root.type !== "Program") return [];
  return root.body.flatMap((node): string[] => {
    switch (node.type) {
      case "VariableDeclaration":
        return node.declarations.flatMap(({ id }) => bound(id));
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return [node.id.name];
      case "ImportDeclaration":
        return node.specifiers.map(({ local }) => local.name);
      default:
        return [];
    }
  });
}

function bound(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => bound(p.type === "Property" ? p.value : p));
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? bound(element) : []));
    case "RestElement":
      return bound(pattern.argument);
    case "AssignmentPattern":
      return bound(pattern.left);
    default:
      return [];
  }
}
