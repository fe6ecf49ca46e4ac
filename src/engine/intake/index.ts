export { intake } from "./intake.ts";
export type { Duplicates, IntakeOptions, IntakeSource, Join } from "./types.ts";
