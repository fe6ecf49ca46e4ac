import { EngrailedError } from "../../src/base/errors.ts";

/** The EngrailedError that a promise rejects with or a function throws; anything else fails the test. */
export async function failure(work: Promise<unknown> | (() => unknown)): Promise<EngrailedError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof EngrailedError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
