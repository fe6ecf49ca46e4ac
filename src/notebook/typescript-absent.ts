/**
 * Stands in for the `typescript` package, which Notebook Kit imports for TypeScript cells: Engrailed strips types another
 * way (strip-types.ts), so these names are never called and the package stays out of the bundle.
 */
function absent(): never {
  throw new Error("the typescript package is not bundled");
}

export const ModuleKind = { Preserve: 200 };
export const ScriptTarget = { ESNext: 99 };
export const transpile = absent;
export const createProgram = absent;
export const createSourceFile = absent;
export const isClassExpression = absent;
export const isFunctionExpression = absent;
export const isParenthesizedExpression = absent;
export const isExpressionStatement = absent;
