import type { Notebook } from "../types.ts";

/** The notebook with another title. */
export function setTitle(notebook: Notebook, title: string): Notebook {
  return notebook.title === title ? notebook : { ...notebook, title };
}
