/** The few names of Notebook Kit that this room stands on; nothing else in the house imports it. */
export {
  defaultPinned,
  deserialize,
  parseTemplate,
  transpileJavaScript,
  transpileTemplate,
} from "@observablehq/notebook-kit";
export type { Cell as KitCell } from "@observablehq/notebook-kit";
