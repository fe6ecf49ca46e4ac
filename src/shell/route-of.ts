import { draftId } from "./open.ts";
import type { NotebookRecord } from "./records.ts";
import type { Route } from "./route.ts";

/** Where a kept notebook is opened: a draft at the address of what it is a draft of. */
export function routeOf({ id, origin }: NotebookRecord): Route {
  return origin?.kind === "shipped" && id === draftId(origin.path)
    ? { view: "shipped", path: origin.path }
    : { view: "own", id };
}
