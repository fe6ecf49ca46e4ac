import type { CallOptions } from "../base/progress.ts";
import type { ParseOptions } from "../notebook/parse-notebook.ts";
import type { Notebook } from "../notebook/types.ts";
import type { AttachedFile, EngineStatus } from "../protocol/engine.ts";
import type {
  ImportFiles,
  ImportOptions,
  ImportPreview,
  InspectedFile,
  NamedFile,
} from "../protocol/import.ts";
import type { CatalogEntry, ShellApi, StageApi } from "../protocol/stage.ts";

/** The same calls through a port: every one answers with a promise. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

/** What the shell answers to the stage; the fonts are handed over by the realms. */
export type ShellDuties = Omit<ShellApi, "fonts">;

/** One running stage: its calls, a ping that answers when no cell holds its thread, and its end. */
export interface StageHandle {
  readonly api: Remote<StageApi>;
  ping(): Promise<unknown>;
  close(): void;
}

/** The engine's calls for the import panel; an abort stops them there and rejects at once. */
export interface ImportDoor {
  /** Files may come within seconds: what reads them is started. */
  expectFiles(): void;
  inspect(files: readonly NamedFile[], call?: CallOptions): Promise<readonly InspectedFile[]>;
  previewExperiment(
    files: ImportFiles,
    options: ImportOptions,
    call?: CallOptions,
  ): Promise<ImportPreview>;
  experimentFile(
    files: ImportFiles,
    options: ImportOptions,
    call?: CallOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the shell asks of the engine. */
export interface EngineDoor extends ImportDoor {
  /** Replaces all files that `FileAttachment(name)` knows; one without a blob says in its cell why. */
  attach(files: readonly AttachedFile[]): Promise<void>;
  /** Adds or replaces one. */
  attachOne(file: AttachedFile): Promise<void>;
  onStatus(listener: (status: EngineStatus) => void): void | Promise<void>;
  catalog(): Promise<readonly CatalogEntry[]>;
}

/** The two other realms, as the shell sees them. */
export interface Realms {
  openStage(
    container: HTMLElement,
    duties: ShellDuties,
    options?: CallOptions,
  ): Promise<StageHandle>;
  readonly engine: EngineDoor;
  /** Resolves with the reason where the engine does not start. */
  readonly broken: Promise<unknown>;
}

/** The document rules of src/notebook that the shell needs. */
export interface DocumentTools {
  /** Throws a ReadError with line and column for a broken file. */
  parse(text: string, options?: ParseOptions): Notebook;
  format(notebook: Notebook): string;
  /** File names that stand as string literals in the notebook. */
  attachmentNames(notebook: Notebook): Promise<readonly string[]>;
}
