import { storageError } from "../base/errors.ts";
import { realClock, type Clock } from "./clock.ts";
import { newId } from "./new-id.ts";
import type { LeaseRecord } from "./records.ts";
import type { Guard } from "./shelf.ts";
import type { Store } from "./store.ts";

/** "held": this tab may write. "elsewhere": another did when this one came. "lost": another took over. */
export type LeaseState = "held" | "elsewhere" | "lost";

/** The right of one tab to write a notebook. */
export interface Lease {
  readonly state: LeaseState;
  /** The condition that every write of the notebook carries; refuses it when another tab holds the lease. */
  readonly guard: Guard | undefined;
  onChange(listener: () => void): () => void;
  /** Asks the other tab to keep its last edits, waits briefly, then takes the lease. */
  takeOver(): Promise<void>;
  /** Tells the other tabs that what is kept has changed. */
  announce(): void;
  /** The page is going: tells the others without waiting, and lets go where a lease is a row. */
  farewell(): void;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly store: Store;
  readonly id: string;
  /** Keeps what is unsaved, when another tab is about to take over. */
  readonly flush: () => Promise<void>;
  /** Another tab kept something new, or let go. */
  readonly onNotice?: (notice: "changed" | "released") => void;
  readonly locks?: LockManager | undefined;
  readonly channel?: (() => Channel) | undefined;
  readonly clock?: Clock;
  readonly owner?: string;
}

/** What is used of a BroadcastChannel. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  close(): void;
}

type Message = { readonly from: string } & (
  | { readonly kind: "flush"; readonly id: string }
  | { readonly kind: "flushed" | "taken" | "changed" | "released"; readonly id: string }
);

const beat = 2000;
const lifetime = 7000;
const courtesy = 600;

/**
 * Takes the lease of a notebook, or finds it elsewhere. With Web Locks the browser keeps it; without them (plain
 * http) it is a row with a heartbeat: a tab that stops beating loses it after 7 s, and one that no longer answers
 * (it was reloaded or closed) at once.
 */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const { store, id, clock = realClock } = options;
  const owner = options.owner ?? newId();
  const listeners = new Set<() => void>();
  const channel = openChannel(options);
  let state: LeaseState = "elsewhere";
  let released = false;
  let letGo: () => void = () => undefined;
  let stopBeat: () => void = () => undefined;
  let flushed: () => void = () => undefined;

  const say = (kind: Message["kind"]) => channel?.postMessage({ kind, id, from: owner });

  function become(next: LeaseState): void {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function lose(): void {
    stopBeat();
    if (!released && state === "held") become("lost");
  }

  if (channel)
    channel.addEventListener("message", ({ data }) => {
      const message = data as Message;
      if (message.id !== id || message.from === owner || released) return;
      if (message.kind === "flush" && state === "held")
        options.flush().then(
          () => say("flushed"),
          () => say("flushed"),
        );
      if (message.kind === "flushed") flushed();
      if (message.kind === "taken") lose();
      if (message.kind === "changed" && state !== "held") options.onNotice?.("changed");
      if (message.kind === "released" && state !== "held") options.onNotice?.("released");
    });

  const take = options.locks ? takeLock : takeRow;

  /** Resolves with whether the lock was granted; held until let go or stolen. */
  function takeLock(steal: boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const request = options.locks!.request(
        `engrailed:${id}`,
        steal ? { steal } : { ifAvailable: true },
        (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : new Promise<void>((done) => (letGo = done));
        },
      );
      request.then(undefined, (error: unknown) => {
        if (error instanceof Error && error.name === "AbortError") lose();
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  async function takeRow(steal: boolean): Promise<boolean> {
    const row = (): LeaseRecord => ({ owner, until: clock.now() + lifetime });
    const free: Guard = {
      store: "leases",
      key: id,
      check(value) {
        const lease = value as LeaseRecord | undefined;
        if (lease && lease.owner !== owner && lease.until > clock.now()) throw takenError();
      },
    };
    try {
      await store.putLease(id, row(), steal ? undefined : free);
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
    const again = () => {
      stopBeat = clock.after(beat, () => {
        store.putLease(id, row(), ownGuard).then(again, (error: unknown) => {
          if (isTaken(error)) lose();
          else again();
        });
      });
    };
    again();
    return true;
  }

  const ownGuard: Guard = {
    store: "leases",
    key: id,
    check(value) {
      const lease = value as LeaseRecord | undefined;
      if (lease && lease.owner !== owner) throw takenError();
    },
  };

  /** Asks the holder to keep its last edits; false when nobody answered. */
  function asked(): Promise<boolean> {
    if (!channel) return Promise.resolve(false);
    return new Promise((resolve) => {
      const cancel = clock.after(courtesy, () => resolve(false));
      flushed = () => {
        cancel();
        resolve(true);
      };
      say("flush");
    });
  }

  if (await take(false)) state = "held";
  else if (!options.locks && channel && !(await asked()) && (await take(true))) state = "held";

  return {
    get state() {
      return state;
    },
    guard: options.locks ? undefined : ownGuard,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async takeOver() {
      if (state === "held" || released) return;
      await asked();
      if (await take(true)) {
        become("held");
        say("taken");
      }
    },
    announce: () => say("changed"),
    farewell() {
      if (released || state !== "held") return;
      if (!options.locks) store.putLease(id, null, ownGuard).catch(() => undefined);
      say("released");
    },
    async release() {
      if (released) return;
      released = true;
      stopBeat();
      const held = state === "held";
      if (held && !options.locks) await store.putLease(id, null, ownGuard).catch(() => undefined);
      letGo();
      if (held) say("released");
      channel?.close();
      listeners.clear();
    },
  };
}

/** True for the refusal of a write because another tab holds the notebook. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(takenMessage);
}

const takenMessage = "open in another tab";

function takenError(): Error {
  return storageError(`${takenMessage}: not written here`, { help: "Take over to edit it here." });
}

function openChannel(options: LeaseOptions): Channel | null {
  if (options.channel) return options.channel();
  return typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("engrailed");
}
