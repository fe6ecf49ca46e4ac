import type { DocumentTools } from "./ports.ts";

/** The document under another title; a text that can't be parsed is returned as it is. */
export function retitle(documents: DocumentTools, text: string, title: string): string {
  try {
    return documents.format({ ...documents.parse(text), title });
  } catch {
    return text;
  }
}

const element = /<title>([^<]*)<\/title>/;

/** What stands in the title element, entities and all; null where there is none at the beginning. */
export function rawTitle(text: string): string | null {
  return element.exec(text.slice(0, 4096))?.[1] ?? null;
}

/** The same text with another raw title: a stage that doesn't know of a renaming keeps sending the old one. */
export function withRawTitle(text: string, title: string | null): string {
  return title === null ? text : text.replace(element, () => `<title>${title}</title>`);
}
