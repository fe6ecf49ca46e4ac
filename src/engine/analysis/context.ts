import type { CallOptions } from "../../base/progress.ts";
import type { Pool } from "../pool/index.ts";

/** What every analysis is given besides its data and options. */
export interface AnalysisContext extends CallOptions {
  readonly pool: Pool;
}
