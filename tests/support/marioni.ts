import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fromArrow } from "../../src/engine/experiment/from-arrow.ts";
import type { Experiment } from "../../src/engine/experiment/types.ts";

const file = join(import.meta.dirname, "../../data/marioni/marioni.arrow.gz");

/** The shipped lanes of Marioni 2008. */
export function marioni(): Promise<Experiment> {
  return fromArrow(new Uint8Array(gunzipSync(readFileSync(file))));
}
