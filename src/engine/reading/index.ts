export { createReading, type ReadingOptions } from "./create-reading.ts";
export type { Look } from "./inspect-file.ts";
export { readHere } from "./read-here.ts";
export type { Reading, TableOptions } from "./types.ts";
