import { readError } from "../base/errors.ts";
import type { CallOptions } from "../base/progress.ts";

/** A notebook that ships with the page, as notebooks/index.json lists it. */
export interface ShippedNotebook {
  /** Relative to the page. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Records of the data that it opens, and their bytes. */
  readonly records: number | null;
  readonly size: number | null;
  /** The chapter of the manual that it is a page of; null for a notebook of its own. */
  readonly chapter: string | null;
}

/** The notebooks that ship, in the order of their list. */
export async function fetchShipped(
  base: string,
  get: typeof fetch,
  { signal }: CallOptions = {},
): Promise<ShippedNotebook[]> {
  const file = "notebooks/index.json";
  let list: unknown;
  try {
    const response = await get(new URL(file, base).href, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    list = await response.json();
  } catch (error) {
    throw readError("the list of notebooks could not be fetched", {
      file,
      help: "Your own notebooks open as always. Reload when you are online again.",
      cause: error,
    });
  }
  if (!Array.isArray(list))
    throw readError("the list of notebooks is not a list", { file, expected: "an array" });
  return list.flatMap((item: unknown) => {
    const entry = item as Partial<
      Record<keyof ShippedNotebook | "bytes" | "group", unknown>
    > | null;
    if (typeof entry?.path !== "string" || typeof entry.title !== "string") return [];
    return [
      {
        path: entry.path.includes("/") ? entry.path : `notebooks/${entry.path}`,
        title: entry.title,
        description: typeof entry.description === "string" ? entry.description : "",
        records: typeof entry.records === "number" ? entry.records : null,
        size:
          typeof entry.size === "number"
            ? entry.size
            : typeof entry.bytes === "number"
              ? entry.bytes
              : null,
        chapter:
          entry.group !== "manual"
            ? null
            : typeof entry.chapter === "string"
              ? entry.chapter
              : "More",
      },
    ];
  });
}
