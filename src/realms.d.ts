/** What the build generates: see tools/build/realms.ts. */
declare module "virtual:realms" {
  export const entries: Readonly<Record<"stage" | "engine" | "kernel" | "reader", string>>;
  export const imports: Readonly<Record<string, readonly string[]>>;
  /** Lengths of their import statements, in bytes; absent where there are none. */
  export const heads: Readonly<Record<string, number>>;
  export const stageCss: string;
  export const stageBootstrap: string;
  export const workerBootstrap: string;
  export const stagePolicy: string;
}
