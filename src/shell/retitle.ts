import type { DocumentTools } from "./ports.ts";

/** The document under another title; a text that can't be parsed is returned as it is. */
export function retitle(documents: DocumentTools, text: string, title: string): string {
  try {
    return documents.format({ ...documents.parse(text), title });
  } catch {
    return text;
  }
}
