import { readError } from "../../base/errors.ts";
import type { ByteSource } from "../bytes/index.ts";

/** The error of a file that describes and does not count, where counts are asked for. */
export function holdsNoCounts(source: ByteSource, what: string, help: string) {
  return readError(`${what} holds no counts: ${source.name}`, {
    file: source.name,
    expected: "counts",
    help,
  });
}

export const asSamples = "Give it as samples: {counts: …, samples: FileAttachment(…)}.";
