import { argumentError } from "../../base/errors.ts";
import type { Formula, FormulaVariable } from "./types.ts";

/**
 * Takes a formula apart: `~ a + b`, `a:b`, `a*b`, brackets, `0 +` or `- 1` for no intercept, `factor(x)`, and names with blanks in
 * backticks. Terms come by degree, then in order of appearance, as in R. Anything else is an error that says what is allowed.
 */
export function parseFormula(source: unknown): Formula {
  if (typeof source !== "string") throw wrong(`invalid design: ${String(source)}`);
  const text = source.trim().replaceAll(/\s+/g, " ");
  const tokens = tokensOf(text);
  const variables: FormulaVariable[] = [];
  let at = 0;

  if (tokens[at]?.type !== "~") throw wrong(`a design begins with ~: ${text}`);
  ++at;
  let intercept = true;
  const chosen = sum();
  if (at < tokens.length) throw unexpected(tokens[at], text);
  const terms = chosen.map((key) => key.split(",").map(Number)).sort((a, b) => a.length - b.length);
  return { text, intercept, variables, terms };

  /** A sum of products; a term is the key of its variables' indices, ascending. */
  function sum(): string[] {
    let terms: string[] = [];
    let sign = "+";
    if (tokens[at]?.type === "+" || tokens[at]?.type === "-") sign = tokens[at++].type;
    for (;;) {
      const token = tokens[at];
      if (token?.type === "number") {
        ++at;
        if (token.text !== "0" && token.text !== "1") throw unexpected(token, text);
        intercept = (token.text === "1") === (sign === "+");
      } else {
        const more = product();
        terms =
          sign === "+" ? [...new Set([...terms, ...more])] : terms.filter((t) => !more.includes(t));
      }
      if (tokens[at]?.type !== "+" && tokens[at]?.type !== "-") return terms;
      sign = tokens[at++].type;
    }
  }

  function product(): string[] {
    let terms = interaction();
    while (tokens[at]?.type === "*") {
      ++at;
      const right = interaction();
      terms = [...new Set([...terms, ...right, ...crossed(terms, right)])];
    }
    return terms;
  }

  function interaction(): string[] {
    let terms = atom();
    while (tokens[at]?.type === ":") {
      ++at;
      terms = [...new Set(crossed(terms, atom()))];
    }
    return terms;
  }

  function atom(): string[] {
    const token = tokens[at];
    if (!token) throw wrong(`the design breaks off: ${text}`);
    ++at;
    if (token.type === "(") {
      const terms = sum();
      close();
      return terms;
    }
    if (token.type !== "name") throw unexpected(token, text);
    if (tokens[at]?.type !== "(") return [variable(token.label, token.text, false)];
    if (token.text !== "factor")
      throw wrong(`the design calls a function: ${token.text}`, [
        "Only factor(x) is known here; make other columns with withSamples first.",
      ]);
    ++at;
    const inner = tokens[at++];
    if (inner?.type !== "name") throw unexpected(inner, text);
    close();
    return [variable(`factor(${inner.label})`, inner.text, true)];
  }

  function close(): void {
    if (tokens[at]?.type !== ")") throw unexpected(tokens[at], text);
    ++at;
  }

  function variable(label: string, column: string, forced: boolean): string {
    let index = variables.findIndex((v) => v.label === label);
    if (index < 0) index = variables.push({ label, column, forced }) - 1;
    return String(index);
  }
}

function crossed(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((a) =>
    right.map((b) => {
      const indices = new Set([...a.split(","), ...b.split(",")].map(Number));
      return [...indices].sort((x, y) => x - y).join(",");
    }),
  );
}

interface Token {
  readonly type: string;
  readonly text: string;
  /** A name as R writes it in a coefficient. */
  readonly label: string;
}

const pattern =
  /\s*(?:(?<name>[\p{L}.][\p{L}\p{M}\p{N}._]*)|`(?<quoted>[^`]+)`|(?<number>\d+(?:\.\d+)?)|(?<sign>[~+\-*:()]))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const { name, quoted, number, sign } = pattern.exec(text)?.groups ?? {};
    if (name !== undefined) tokens.push({ type: "name", text: name, label: name });
    else if (quoted !== undefined) {
      const label = /^[\p{L}.][\p{L}\p{M}\p{N}._]*$/u.test(quoted) ? quoted : `\`${quoted}\``;
      tokens.push({ type: "name", text: quoted, label });
    } else if (number !== undefined) tokens.push({ type: "number", text: number, label: number });
    else if (sign !== undefined) tokens.push({ type: sign, text: sign, label: sign });
    else throw wrong(`the design holds what is not understood: ${text.slice(from).trim()}`);
  }
  return tokens;
}

function unexpected(token: Token | undefined, text: string): Error {
  return token
    ? wrong(`unexpected in the design: ${token.text}`)
    : wrong(`the design breaks off: ${text}`);
}

function wrong(message: string, help: readonly string[] = []): Error {
  return argumentError(message, {
    help: [
      ...help,
      'A design is like "~ batch + genotype", with a:b, a*b, 0 + and factor(x); names with blanks stand in backticks.',
    ].join(" "),
  });
}
