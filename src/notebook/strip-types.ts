import { transform } from "sucrase";

/**
 * TypeScript without its types: what is left is JavaScript on the same lines. A module of its own, to be loaded when the
 * first TypeScript cell is compiled.
 */
export function stripTypes(text: string): string {
  return transform(text, {
    transforms: ["typescript"],
    disableESTransforms: true,
    keepUnusedImports: true,
  }).code;
}
