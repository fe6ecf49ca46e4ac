/** Old properties of the window that a cell would find, to its surprise, under a name that no cell defines. */
const hidden = new Set([
  "name",
  "status",
  "event",
  "length",
  "closed",
  "external",
  "origin",
  "find",
]);

/**
 * The global of that name, for cells. An element that happens to have the name as its id is not one, nor is a
 * leftover of the window such as `name`.
 */
export function globalOf(name: string): unknown {
  const scope = globalThis as unknown as Readonly<Record<string, unknown>>;
  if (name in scope && !hidden.has(name)) {
    const value = scope[name];
    const isNamed = value instanceof Element || value instanceof HTMLCollection;
    if (!isNamed) return value;
  }
  throw new Error(`${name} is not defined`);
}
