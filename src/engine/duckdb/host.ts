import type { CallOptions } from "../../base/progress.ts";
import { startDuckDB, type DuckDBFiles, type DuckDBProcess } from "./start-duckdb.ts";

/** The one DuckDB that clients share: started when needed, ended with the last client, started anew after a crash. */
export class Host {
  readonly #files: DuckDBFiles;
  #running: Promise<DuckDBProcess> | null = null;
  #process: DuckDBProcess | null = null;
  #clients = 0;
  constructor(files: DuckDBFiles) {
    this.#files = files;
  }
  async get(onProgress?: CallOptions["onProgress"]): Promise<DuckDBProcess> {
    if (this.#process && !this.#process.isAlive()) this.#running = this.#process = null;
    this.#running ??= startDuckDB(this.#files, onProgress);
    try {
      return (this.#process = await this.#running);
    } catch (error) {
      this.#running = null;
      throw error;
    }
  }
  get process(): DuckDBProcess | null {
    return this.#process?.isAlive() ? this.#process : null;
  }
  enter(): void {
    ++this.#clients;
  }
  async leave(): Promise<void> {
    if (--this.#clients > 0) return;
    const process = this.process;
    this.#running = this.#process = null;
    if (process) await process.terminate();
  }
}
