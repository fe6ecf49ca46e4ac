import { toPlain, type PlainError } from "../base/errors.ts";
import { realClock, type Clock } from "./clock.ts";
import { isTaken, type Lease, type LeaseState } from "./lease.ts";
import { newId } from "./new-id.ts";
import type { Opened } from "./open.ts";
import type { DocumentTools } from "./ports.ts";
import type { FileRecord, NotebookRecord, Origin, VersionRecord } from "./records.ts";
import type { Store } from "./store.ts";
import { rawTitle, retitle, withRawTitle } from "./retitle.ts";

/** How the text stands: as shipped, kept, about to be kept, or refused by the storage. */
export type SavedState = "original" | "saved" | "unsaved" | "saving" | "failed";

export interface SessionState {
  readonly record: NotebookRecord;
  readonly saved: SavedState;
  readonly savedAt: number | null;
  readonly problem: PlainError | null;
  readonly lease: LeaseState;
  readonly readOnly: boolean;
  /** The text differs from what Revert goes back to. */
  readonly edited: boolean;
  /** Another tab has kept a newer text, or closed, while this one only reads. */
  readonly elsewhere: "changed" | "released" | null;
  /** The newer shipped text behind this draft. */
  readonly newer: string | null;
}

export interface SessionOptions {
  readonly opened: Opened;
  readonly store: Store;
  readonly documents: DocumentTools;
  /** Takes the lease; the session hands over how to flush and what to do with notices. */
  readonly takeLease: (
    id: string,
    flush: () => Promise<void>,
    onNotice: (notice: "changed" | "released") => void,
  ) => Promise<Lease>;
  readonly clock?: Clock;
  /** Keeps the notebook this long after the last edit, in ms. */
  readonly delay?: number;
}

/** What listeners hear: a change of state, or a text that did not come from the stage and must go there. */
export type SessionEvent = "state" | "text";

/**
 * One open notebook: its text, what of it is kept, and who may write it. Every edit is kept one second after the
 * last one; a shipped notebook becomes the reader's draft at its first edit.
 */
export class Session {
  readonly #store: Store;
  readonly #documents: DocumentTools;
  readonly #clock: Clock;
  readonly #delay: number;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #lease: Lease;
  #record: NotebookRecord;
  #kept: boolean;
  #keptText: string | null;
  #saved: SavedState;
  #savedAt: number | null = null;
  #problem: PlainError | null = null;
  #elsewhere: SessionState["elsewhere"] = null;
  #newer: string | null;
  /** The title element of the text that the stage has, as it stands there. */
  #stageTitle: string | null;
  /** Texts that were replaced before they were kept: versions, at the next write. */
  #replaced: string[] = [];
  #cancelTimer: () => void = () => undefined;
  #saving: Promise<void> | null = null;
  #closed = false;

  /** Opens the session; resolves when it is known whether this tab may write. */
  static async open(options: SessionOptions): Promise<Session> {
    let session: Session | null = null;
    const lease = await options.takeLease(
      options.opened.record.id,
      async () => {
        if (session) await session.flush();
      },
      (notice) => {
        if (session) session.#noticed(notice);
      },
    );
    session = new Session(options, lease);
    return session;
  }

  private constructor(options: SessionOptions, lease: Lease) {
    const { record, kept, newer } = options.opened;
    this.#store = options.store;
    this.#documents = options.documents;
    this.#clock = options.clock ?? realClock;
    this.#delay = options.delay ?? 1000;
    this.#lease = lease;
    this.#record = record;
    this.#kept = kept;
    this.#keptText = kept ? record.text : null;
    this.#saved = kept ? "saved" : "original";
    this.#savedAt = kept ? record.updated : null;
    this.#newer = newer;
    this.#stageTitle = rawTitle(record.text);
    lease.onChange(() => this.#leaseChanged());
  }

  get state(): SessionState {
    const record = this.#record;
    return {
      record,
      saved: this.#saved,
      savedAt: this.#savedAt,
      problem: this.#problem,
      lease: this.#lease.state,
      readOnly: this.#lease.state !== "held",
      edited: record.text !== record.originText,
      elsewhere: this.#elsewhere,
      newer: this.#newer,
    };
  }

  get text(): string {
    return this.#record.text;
  }

  /** The text for a stage that opens now. */
  handOver(): string {
    this.#stageTitle = rawTitle(this.#record.text);
    return this.#record.text;
  }

  onChange(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The document as the stage has it after an edit. Ignored where this tab only reads. */
  edit(text: string): void {
    if (this.state.readOnly || this.#closed) return;
    if (rawTitle(text) !== this.#stageTitle) {
      this.#stageTitle = rawTitle(text);
      this.#setText(text, titleOf(this.#documents, text) ?? this.#record.title);
    } else this.#setText(withRawTitle(text, rawTitle(this.#record.text)), this.#record.title);
  }

  /** Gives the notebook another title; the running cells stay as they are. */
  rename(title: string): void {
    const clean = title.replace(/\s+/g, " ").trim() || "Untitled";
    if (this.state.readOnly || clean === this.#record.title) return;
    this.#setText(retitle(this.#documents, this.#record.text, clean), clean);
  }

  /** Goes back to the original text; the returned call undoes it. */
  revert(): () => void {
    return this.#replace(this.#newer ?? this.#record.originText, () => {
      if (this.#newer === null) return;
      this.#record = { ...this.#record, originText: this.#newer };
      this.#newer = null;
    });
  }

  /** Makes an earlier version the text; the returned call undoes it. */
  restore(version: VersionRecord): () => void {
    return this.#replace(version.text);
  }

  /** Takes a text that was made outside the stage; the returned call undoes it. */
  replace(text: string): () => void {
    return this.#replace(text);
  }

  versions(): Promise<VersionRecord[]> {
    return this.#store.versions(this.#record.id);
  }

  files(): Promise<FileRecord[]> {
    return this.#store.files(this.#record.id);
  }

  /** Keeps a file under a name of this notebook. */
  async attach(name: string, blob: Blob): Promise<void> {
    if (!this.#kept) await this.#save(true);
    await this.#store.putFile({
      notebookId: this.#record.id,
      name,
      blob,
      size: blob.size,
      added: this.#clock.now(),
    });
  }

  detach(name: string): Promise<void> {
    return this.#store.removeFile(this.#record.id, name);
  }

  /** The reader has said that this notebook may run. */
  async trust(): Promise<void> {
    if (this.#record.trusted) return;
    this.#record = { ...this.#record, trusted: true };
    this.#tell("state");
    if (this.#kept && !this.state.readOnly)
      await this.#store.put(this.#record, { guard: this.#lease.guard });
  }

  /** Makes a copy of the reader's own, files included, and returns its id. The copy's origin is this notebook. */
  async fork(): Promise<string> {
    await this.flush().catch(() => undefined);
    const { record } = this;
    const id = newId();
    const now = this.#clock.now();
    const origin: Origin =
      record.origin?.kind === "shipped"
        ? record.origin
        : { kind: "notebook", id: record.id, title: record.title };
    const files = await this.files();
    await this.#store.putBundle({
      notebook: { ...record, id, origin, created: now, updated: now },
      versions: [{ notebookId: id, number: 1, at: now, text: record.text }],
      files: files.map((file) => ({ ...file, notebookId: id })),
    });
    return id;
  }

  get record(): NotebookRecord {
    return this.#record;
  }

  /** Takes the notebook from the other tab, with what that tab kept last. */
  async takeOver(): Promise<void> {
    await this.#lease.takeOver();
    await this.refresh();
    this.#tell("state");
  }

  /** Shows what is kept now, after another tab has changed it. */
  async refresh(): Promise<void> {
    const kept = await this.#store.notebook(this.#record.id);
    this.#elsewhere = null;
    if (!kept || this.#saved === "unsaved" || this.#saved === "failed") return;
    const other = kept.text !== this.#record.text;
    this.#record = kept;
    this.#kept = true;
    this.#keptText = kept.text;
    this.#saved = "saved";
    this.#savedAt = kept.updated;
    if (other) this.#toStage();
    else this.#tell("state");
  }

  /** Keeps what is not kept yet, now. Rejects with the storage's error; the text stays in memory. */
  async flush(): Promise<void> {
    this.#cancelTimer();
    if (this.state.readOnly) return;
    if (this.#saving) await this.#saving.catch(() => undefined);
    if (this.#saved === "unsaved" || this.#saved === "failed") await this.#save();
  }

  /** The page is going, perhaps for good: keeps what is unsaved and lets other tabs have the notebook. */
  async leave(): Promise<void> {
    const keeping = this.flush();
    this.#lease.farewell();
    await keeping;
  }

  async close(): Promise<void> {
    await this.flush().catch(() => undefined);
    this.#closed = true;
    this.#listeners.clear();
    await this.#lease.release();
  }

  #setText(text: string, title: string): void {
    if (text === this.#record.text && title === this.#record.title) return;
    this.#record = { ...this.#record, text, title, updated: this.#clock.now() };
    this.#saved = "unsaved";
    this.#schedule(this.#delay);
    this.#tell("state");
  }

  #schedule(delay: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(delay, () => {
      this.#save().catch(() => undefined);
    });
  }

  async #save(whateverTheText = false): Promise<void> {
    if (this.#saving) {
      await this.#saving.catch(() => undefined);
      if (this.#saved === "saved") return;
    }
    if (this.state.readOnly) return;
    this.#saving = this.#write(whateverTheText).finally(() => (this.#saving = null));
    return this.#saving;
  }

  async #write(whateverTheText: boolean): Promise<void> {
    const record = this.#record;
    if (!whateverTheText && record.text === this.#keptText && this.#kept && this.#saved === "saved")
      return;
    this.#saved = "saving";
    this.#tell("state");
    try {
      const before = this.#keptText ?? record.originText;
      if (before !== record.text)
        await this.#store.keepVersion(record.id, before, this.#savedAt ?? record.created);
      while (this.#replaced.length > 0) {
        await this.#store.keepVersion(record.id, this.#replaced[0], this.#clock.now());
        this.#replaced.shift();
      }
      await this.#store.put(record, { version: true, guard: this.#lease.guard });
      this.#kept = true;
      this.#keptText = record.text;
      this.#savedAt = this.#clock.now();
      this.#problem = null;
      this.#saved = this.#record === record ? "saved" : "unsaved";
      this.#lease.announce();
    } catch (error) {
      if (isTaken(error)) {
        this.#saved = "unsaved";
        await this.#keepLost();
      } else {
        this.#saved = "failed";
        this.#problem = toPlain(error);
        if (!this.#closed) this.#schedule(10 * this.#delay);
      }
      throw error;
    } finally {
      this.#tell("state");
    }
    if (this.#saved === "unsaved" && !this.#closed) this.#schedule(this.#delay);
  }

  #replace(text: string, before: () => void = () => undefined): () => void {
    const previous = this.#record;
    const newer = this.#newer;
    if (this.state.readOnly) return () => undefined;
    before();
    if (this.#saved === "unsaved" || this.#saved === "failed") this.#replaced.push(previous.text);
    this.#setText(text, titleOf(this.#documents, text) ?? this.#record.title);
    this.#toStage();
    return () => {
      if (this.state.readOnly) return;
      this.#newer = newer;
      this.#record = { ...this.#record, originText: previous.originText };
      this.#setText(previous.text, previous.title);
      this.#toStage();
    };
  }

  #toStage(): void {
    this.#tell("text");
    this.#tell("state");
  }

  #leaseChanged(): void {
    if (this.#lease.state === "lost") {
      this.#cancelTimer();
      void this.#keepLost();
    }
    this.#tell("state");
  }

  /** Edits that came too late to be the text are kept as a version, so that none is lost. */
  async #keepLost(): Promise<void> {
    if (this.#saved !== "unsaved" && this.#saved !== "failed" && this.#saved !== "saving") return;
    try {
      await this.#store.keepVersion(this.#record.id, this.#record.text, this.#clock.now());
      this.#saved = "saved";
    } catch (error) {
      this.#saved = "failed";
      this.#problem = toPlain(error);
      if (!this.#closed) {
        this.#cancelTimer();
        this.#cancelTimer = this.#clock.after(10 * this.#delay, () => void this.#keepLost());
      }
    }
    this.#tell("state");
  }

  #noticed(notice: "changed" | "released"): void {
    this.#elsewhere = notice;
    this.#tell("state");
  }

  #tell(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function titleOf(documents: DocumentTools, text: string): string | null {
  try {
    return documents.parse(text).title;
  } catch {
    return null;
  }
}
