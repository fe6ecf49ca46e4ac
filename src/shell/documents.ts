import { parseNotebook } from "../notebook/parse-notebook.ts";
import { serializeNotebook } from "../notebook/serialize-notebook.ts";
import type { DocumentTools } from "./ports.ts";

/** The rules of the document, with the reading of cells' code loaded when first needed. */
export const documents: DocumentTools = {
  parse: parseNotebook,
  format: serializeNotebook,
  async attachmentNames(notebook) {
    if (!notebook.cells.some((cell) => cell.value.includes("FileAttachment"))) return [];
    const { attachmentNames } = await import("../notebook/attachment-names.ts");
    return attachmentNames(notebook);
  },
};
