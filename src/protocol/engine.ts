import type { Kind } from "../engine/experiment/types.ts";
import type { Progress } from "../base/progress.ts";
import type { Table } from "../tables/index.ts";
import type {
  ImportFiles,
  ImportOptions,
  ImportPreview,
  InspectedFile,
  NamedFile,
} from "./import.ts";
import type { WireTable } from "./wire.ts";

/** A file that a notebook may name: its bytes, or why there are none. */
export interface AttachedFile {
  readonly name: string;
  readonly blob: Blob | null;
  /** Where there is no blob: what went wrong, lowercase. */
  readonly error?: string;
}

/** What the shell shows in its status line. */
export interface EngineStatus {
  /** Values loaded: genes x samples, over the experiments that are held. */
  readonly records: number;
  readonly bytes: number;
  readonly experiments: number;
  readonly running: readonly Progress[];
}

/** What the shell asks of the engine. */
export interface EngineApi {
  /** Answers a stage on `port`; whatever an earlier stage held is let go, read files stay loaded. */
  connect(port: MessagePort): void;
  /** The files that the notebook's names mean from now on. */
  attach(files: readonly AttachedFile[]): void;
  /** Adds or replaces one. */
  attachOne(file: AttachedFile): void;
  onStatus(listener: (status: EngineStatus) => void): void;
  /** Files may come within seconds: starts what reads them. */
  expectFiles(): void;
  /** What each file is and its first rows, without reading it; a broken file says so in its place. */
  inspect(
    files: readonly NamedFile[],
    call: number,
    onProgress?: (progress: Progress) => void,
  ): Promise<readonly InspectedFile[]>;
  /** Reads the files as `readExperiment` in a cell would, and keeps what it made for that cell. */
  previewExperiment(
    files: ImportFiles,
    options: ImportOptions,
    call: number,
    onProgress?: (progress: Progress) => void,
  ): Promise<ImportPreview>;
  /** The bytes of the Experiment file that the files make. */
  experimentFile(
    files: ImportFiles,
    options: ImportOptions,
    call: number,
    onProgress?: (progress: Progress) => void,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Stops one of the three calls above by its number: it rejects with an AbortError. */
  cancel(call: number): void;
}

/** What the stage asks of the engine: operations by name, with arguments made ready by `encode`. */
export interface EngineClient {
  call(operation: string, args: unknown[], call: number): unknown;
  cancel(call: number): void;
  /** Lets go of a handle; one that another still uses stays. */
  release(id: number): void;
  onProgress(listener: (call: number, progress: Progress) => void): void;
}

/** What the stage knows at once of an experiment that the engine holds. */
export interface ExperimentInfo<T = Table | WireTable> {
  readonly title: string;
  readonly organism: string | null;
  readonly kind: Kind;
  readonly shape: { readonly genes: number; readonly samples: number };
  readonly genes: T;
  readonly samples: T;
  readonly report: T;
  readonly metadata: Readonly<Record<string, string>>;
}
