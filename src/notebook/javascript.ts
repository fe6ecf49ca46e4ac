import { Parser, tokTypes, type Expression, type Program } from "acorn";
import { readError, type EngrailedError } from "../base/errors.ts";

const options = { ecmaVersion: "latest", sourceType: "module", locations: true } as const;

/**
 * The syntax tree of a JavaScript cell: an expression where the whole text is one (a named function or class is a
 * declaration), else a program. Errors are ReadErrors with line and column in the cell.
 */
export function parseJavaScript(text: string): Expression | Program {
  const expression = parseExpression(text);
  if (expression && !isNamed(expression)) return expression;
  try {
    return Parser.parse(text, options);
  } catch (error) {
    throw syntaxError(error);
  }
}

/** Acorn's parser, with the way in that parses one expression. */
class ExpressionParser extends Parser {
  constructor(text: string) {
    super(options, text, 0);
  }

  only(): Expression | null {
    const self = this as unknown as {
      nextToken(): void;
      parseExpression(): Expression;
      type: unknown;
    };
    self.nextToken();
    const node = self.parseExpression();
    return self.type === tokTypes.eof ? node : null;
  }
}

function parseExpression(text: string): Expression | null {
  try {
    return new ExpressionParser(text).only();
  } catch {
    return null;
  }
}

function isNamed(node: Expression): boolean {
  return (node.type === "ClassExpression" || node.type === "FunctionExpression") && !!node.id;
}

/** A parser's or compiler's error as a ReadError that says where in the cell: acorn's, Notebook Kit's and sucrase's alike. */
export function syntaxError(error: unknown): EngrailedError {
  const text = error instanceof Error ? error.message : String(error);
  const place = /\s*\((\d+):(\d+)\)\s*$/.exec(text);
  const message = text.slice(0, place?.index).replace(/^Error transforming [^:]*: /, "");
  return readError(`syntax error: ${message.charAt(0).toLowerCase()}${message.slice(1)}`, {
    ...(place ? { line: Number(place[1]), column: Number(place[2]) + 1 } : {}),
    cause: error,
  });
}
