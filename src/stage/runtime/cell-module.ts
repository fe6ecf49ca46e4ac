import type { Definition } from "../../notebook/types.ts";

/** A cell's body as a function. */
export type Body = (...inputs: unknown[]) => unknown;

/** What importing a definition gives: its function, and how to find the cell's line in an error's stack; or why it can't be imported. */
export type Imported =
  | { readonly body: Body; readonly lineOf: (error: unknown) => number | undefined }
  | { readonly error: unknown };

type Source = Pick<Definition, "id" | "body">;

let modules = 0;

/**
 * The functions of definitions, without eval: their text is imported as one module. Where that fails, each is
 * imported by itself, so that one bad cell does not take the others with it.
 */
export async function importBodies(
  definitions: readonly Source[],
  importModule: (text: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Map<number, Imported>> {
  const bodies = new Map<number, Imported>();
  if (definitions.length === 0) return bodies;
  const name = `cells-${++modules}.js`;
  const { text, starts } = cellModule(definitions, name);
  try {
    const module = await importModule(text);
    definitions.forEach(({ id, body }, i) => {
      const first = starts[i] + linesBefore(body);
      const last = starts[i] + body.split("\n").length - 1;
      const lineOf = (error: unknown): number | undefined => {
        const line = lineInStack(error, name);
        return line !== undefined && line >= first && line <= last ? line - first + 1 : undefined;
      };
      bodies.set(id, { body: module[`c${id}`] as Body, lineOf });
    });
  } catch (error) {
    if (definitions.length === 1) bodies.set(definitions[0].id, { error });
    else
      for (const one of definitions)
        for (const [id, body] of await importBodies([one], importModule)) bodies.set(id, body);
  }
  return bodies;
}

/** The text of a module that exports each definition's function as `c` and its id, and the 1-based line that each begins on. */
export function cellModule(
  definitions: readonly Source[],
  name: string,
): { text: string; starts: number[] } {
  const starts: number[] = [];
  let text = "";
  let line = 1;
  for (const { id, body } of definitions) {
    starts.push(line);
    text += `export const c${id} = ${body};\n`;
    line += body.split("\n").length;
  }
  return { text: `${text}//# sourceURL=${name}\n`, starts };
}

/** Lines of a body before the first of its cell's text: its head and, in an expression, `return (`. */
function linesBefore(body: string): number {
  return body.split("\n", 2)[1] === "return (" ? 2 : 1;
}

function lineInStack(error: unknown, name: string): number | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const place = new RegExp(`\\b${name.replace(".", "\\.")}:(\\d+)`).exec(stack);
  return place ? Number(place[1]) : undefined;
}
