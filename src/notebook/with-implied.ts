import type { Definition } from "./types.ts";

/** Builtins that work with another name of the notebook, as SQL cells do: name -> the name that it takes along. */
export const implied: Readonly<Record<string, string>> = { vg: "db" };

/**
 * The definition, asking also for the names that its builtins take along: a cell that mentions `vg` uses `db`, and runs again when
 * that changes. `isOwn` tells names that the notebook defines itself, which are no builtins then.
 */
export function withImplied(definition: Definition, isOwn: (name: string) => boolean): Definition {
  const { inputs, outputs } = definition;
  const along = inputs
    .filter((name) => name in implied && !isOwn(name))
    .map((name) => implied[name])
    .filter((name) => !inputs.includes(name) && !outputs.includes(name));
  return along.length ? { ...definition, inputs: [...inputs, ...along] } : definition;
}
