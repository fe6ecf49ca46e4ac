/** The compiled kernels, in base64: see tools/assembly.ts. */
declare module "virtual:kernels-wasm" {
  export const base64: string;
}
