export type { Table, Vector } from "apache-arrow";
export * from "./access.ts";
export * from "./build.ts";
export * from "./inspect-ipc.ts";
export * from "./ipc.ts";
export * from "./take-rows.ts";
export * from "./from-rows.ts";
