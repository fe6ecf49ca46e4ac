export type { Table, Vector } from "apache-arrow";
export * from "./access.ts";
export * from "./build.ts";
export * from "./ipc.ts";
