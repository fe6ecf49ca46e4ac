import type { CellContext } from "./types.ts";

const bind = Symbol.for("engrailed.bind");

/** What a run of a cell gets for an input: what the value's bind method returns for it, or the value itself. */
export function bindValue(value: unknown, context: () => CellContext): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
  const method = (value as { [bind]?: (context: CellContext) => unknown })[bind];
  return typeof method === "function" ? method.call(value, context()) : value;
}
