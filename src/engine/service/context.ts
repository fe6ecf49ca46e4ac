import type { CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "../bytes/types.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Pool } from "../pool/index.ts";
import type { Reading } from "../reading/index.ts";
import type { Cache } from "./cache.ts";
import type { Databases } from "./databases.ts";

/** What every operation gets besides its arguments. */
export interface OperationContext extends CallOptions {
  readonly pool: Pool;
  /** Reads files that nobody vouches for. */
  readonly reading: Reading;
  /** Experiments that were read, by the files' checksums and the options. */
  readonly read: Cache<Experiment>;
  readonly databases: Databases;
  /** The file that the notebook's name means; throws where it has none. */
  file(name: string, blob?: Blob): ByteSource;
}
