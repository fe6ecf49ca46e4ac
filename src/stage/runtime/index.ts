export { createImport } from "./create-import.ts";
export { createNotebookRuntime } from "./create-notebook-runtime.ts";
export { displayedMarkup, displayedText } from "./displayed.ts";
export * as Generators from "./generators.ts";
export { inspectValue } from "./inspect-value.ts";
export { Mutable } from "./mutable.ts";
export { renderError } from "./render-error.ts";
export type {
  CellContext,
  CellOutcome,
  CellRun,
  CellState,
  CellStatus,
  NotebookRuntime,
  RuntimeOptions,
} from "./types.ts";
