import { EngrailedError, storageError } from "../base/errors.ts";
import { idbShelf, type IdbShelfOptions } from "./idb-shelf.ts";
import { memoryShelf } from "./memory-shelf.ts";
import type { Shelf } from "./shelf.ts";

/** A shelf that lasts where the browser allows one, else one in memory with the reason why. */
export async function openShelf(
  options: IdbShelfOptions = {},
): Promise<{ shelf: Shelf; problem: EngrailedError | null }> {
  try {
    return { shelf: await idbShelf(options), problem: null };
  } catch (error) {
    const problem =
      error instanceof EngrailedError ? error : storageError(`no storage: ${String(error)}`);
    return { shelf: memoryShelf(), problem };
  }
}
