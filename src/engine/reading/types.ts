import type { CallOptions } from "../../base/progress.ts";
import type { ImportOptions, JoinPreview } from "../../protocol/import.ts";
import type { Table } from "../../tables/index.ts";
import type { ByteSource } from "../bytes/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { IntakeOptions, IntakeSource } from "../intake/index.ts";
import type { Look } from "./inspect-file.ts";

/** Which table of a file `table` takes. */
export interface TableOptions {
  readonly format?: string;
  readonly sheet?: string | number;
}

/** Everything that is made of the bytes of files that nobody vouches for. */
export interface Reading {
  /** One experiment of one file or several: see `intake`. */
  experiment(
    source: IntakeSource,
    options?: IntakeOptions,
    call?: CallOptions,
  ): Promise<Experiment>;
  /** Any table: see `readTable`. */
  table(source: ByteSource, options?: TableOptions, call?: CallOptions): Promise<Table>;
  /** A file at first sight: see `inspectFile`. */
  inspect(source: ByteSource, call?: CallOptions): Promise<Look>;
  /** Starts what will be asked soon, where something must start. */
  warm?(): void;
  /** How sample names meet a sheet's: see `previewJoin`. */
  join(
    ids: readonly string[],
    sheets: readonly ByteSource[],
    options: ImportOptions,
    call?: CallOptions,
  ): Promise<JoinPreview>;
}
