import type { Definition } from "../../notebook/types.ts";

/** A cell's body as a function. */
export type Body = (...inputs: unknown[]) => unknown;

/** The text of a module that exports each definition's function as `c` and its id. */
export function cellModule(definitions: readonly Pick<Definition, "id" | "body">[]): string {
  const name = definitions.length === 1 ? `cell-${definitions[0].id}.js` : "notebook.js";
  const lines = definitions.map(({ id, body }) => `export const c${id} = ${body};\n`);
  return `${lines.join("")}//# sourceURL=${name}\n`;
}

/**
 * The functions of definitions, without eval: their text is imported as one module. Where that fails, each is
 * imported by itself, so that one bad cell does not take the others with it; its entry is the error.
 */
export async function importBodies(
  definitions: readonly Pick<Definition, "id" | "body">[],
  importModule: (text: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Map<number, { readonly body: Body } | { readonly error: unknown }>> {
  const bodies = new Map<number, { body: Body } | { error: unknown }>();
  if (definitions.length === 0) return bodies;
  try {
    const module = await importModule(cellModule(definitions));
    for (const { id } of definitions) bodies.set(id, { body: module[`c${id}`] as Body });
  } catch (error) {
    if (definitions.length === 1) bodies.set(definitions[0].id, { error });
    else
      for (const one of definitions)
        for (const [id, body] of await importBodies([one], importModule)) bodies.set(id, body);
  }
  return bodies;
}
