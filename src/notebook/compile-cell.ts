import { EngrailedError, readError } from "../base/errors.ts";
import { parseJavaScript, syntaxError } from "./javascript.ts";
import { transpileJavaScript, transpileTemplate, type KitCell } from "./kit.ts";
import { rewriteImports } from "./rewrite-imports.ts";
import { runnableModes, type Cell, type Definition } from "./types.ts";

export interface CompileOptions {
  /**
   * TypeScript without its types, lines kept; asked only for TypeScript cells, so that what does it can be loaded then.
   * See strip-types.ts.
   */
  readonly stripTypes?: (text: string) => string | Promise<string>;
}

/**
 * The definition of a cell: its source as a function over the names that it uses.
 *
 * Beside the names in its text a definition may ask for these builtins: `__import(specifier, names)`, the module of an
 * import; `__tableView(table)`, the element that a SQL cell shows, while its output is the whole table;
 * `__keptNote(mode)`, the note of a cell whose type does not run here.
 * A syntax error is a ReadError with line and column in the cell.
 */
export async function compileCell(cell: Cell, options: CompileOptions = {}): Promise<Definition> {
  const { id, mode, hidden } = cell;
  if (!(runnableModes as readonly string[]).includes(mode)) return keptCell(cell);
  try {
    const isScript = mode === "js" || mode === "ts";
    const written = await javascriptOf(cell, options);
    // Notebook Kit drops a line break at the start; lines should keep their numbers.
    const source = written.startsWith("\n") ? ` ${written}` : written;
    const {
      body,
      inputs = [],
      outputs = [],
      autodisplay,
    } = transpileJavaScript(rewriteImports(source));
    return {
      id,
      body,
      inputs,
      outputs,
      ...(cell.output ? { output: cell.output } : {}),
      autodisplay: !hidden && !!cell.value && (isScript || mode !== "sql") && !!autodisplay,
    };
  } catch (error) {
    throw error instanceof EngrailedError ? error : syntaxError(error);
  }
}

async function javascriptOf(cell: Cell, { stripTypes }: CompileOptions): Promise<string> {
  const { mode, value } = cell;
  if (mode === "js") return value;
  if (mode === "ts") {
    if (!stripTypes)
      throw readError("TypeScript cells don't run here: no way to strip their types", {});
    return typescript(value, stripTypes);
  }
  if (mode !== "sql") return transpileTemplate(cell as KitCell);
  if (!value.trim()) return "";
  checkDatabase(cell.database);
  const query = transpileTemplate({ ...(cell as KitCell), hidden: true });
  return cell.hidden
    ? query
    : `Promise.resolve(${query}).then((__table) => (display(__tableView(__table)), __table))`;
}

function checkDatabase(database: string | undefined): void {
  if (database === undefined || /^var:[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(database)) return;
  throw readError(`no such database here: ${database}`, {
    help: 'A SQL cell asks a client of this notebook: "var:db" is the one named db.',
  });
}

/** Types stripped; an expression that only parentheses keep from reading as a block, `{a: 1} as T`, gets them. */
async function typescript(
  text: string,
  stripTypes: NonNullable<CompileOptions["stripTypes"]>,
): Promise<string> {
  let failure: unknown;
  try {
    const stripped = await stripTypes(text);
    parseJavaScript(stripped);
    return stripped;
  } catch (error) {
    failure = error;
  }
  try {
    if (!text.trimStart().startsWith("{")) throw failure;
    const stripped = await stripTypes(`(${text}\n)`);
    const node = parseJavaScript(stripped);
    if (node.type !== "ObjectExpression") throw failure;
    return stripped;
  } catch {
    throw failure;
  }
}

function keptCell({ id, mode }: Cell): Definition {
  return {
    id,
    body: `(__keptNote) => {\nreturn __keptNote(${JSON.stringify(mode)})\n}`,
    inputs: ["__keptNote"],
    outputs: [],
    autodisplay: true,
  };
}
