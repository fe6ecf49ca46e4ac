import { argumentError } from "../../base/errors.ts";

/**
 * The builtin `__import` that compiled cells call for their imports: the bundled copy of a module, by its package name with or
 * without `npm:` and a version. Any other module is an error that says why.
 */
export function createImport(
  modules: Readonly<Record<string, () => unknown>>,
): (specifier: unknown, names?: unknown) => Promise<unknown> {
  return async (specifier, names) => {
    const asked = String(specifier);
    const name = packageOf(asked);
    if (name === null || !Object.hasOwn(modules, name))
      throw argumentError(`can't import ${asked}: it is not part of this page`, {
        help: `A notebook runs without a network, so that no data can leave it. These can be imported: ${Object.keys(modules).join(", ")}.`,
      });
    const module = await modules[name]();
    // import(x, {with: …}) passes its options here; bundled modules have no use for them.
    for (const exported of Array.isArray(names) ? (names as string[]) : [])
      if (!(exported in (module as object)))
        throw argumentError(`${name} has no export of this name: ${exported}`);
    return module;
  };
}

/** The package of a specifier such as npm:d3@7, npm:@observablehq/plot@0.6/+esm or a CDN's address of one; null for a path inside it. */
function packageOf(specifier: string): string | null {
  const cdn = /^https:\/\/(?:cdn\.jsdelivr\.net\/npm|esm\.sh|unpkg\.com)\//;
  const bare = specifier.replace(/^npm:/, "").replace(cdn, "");
  const match = /^((?:@[\w.-]+\/)?[\w.-]+)(?:@[^/]*)?(?:\/\+esm)?$/.exec(bare);
  return match ? match[1] : null;
}
