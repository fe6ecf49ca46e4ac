import { argumentError } from "./errors.ts";

/** Which genes and which samples are selected, by gene_id and sample_id, each once. */
export interface Chosen {
  readonly genes: readonly string[];
  readonly samples: readonly string[];
}

/** A part of a choice: what is not named stays as it is. */
export type ChosenPart = Partial<Chosen>;

/**
 * A selection that pictures and tables share: given to each as {selection}, it tells all of them what was selected in one. It stays the same object, so that
 * naming it never runs a cell again; a cell that is to react reads `Generators.input(selection)`. Dispatches "input" after every change.
 */
export class Selection extends EventTarget {
  #value: Chosen = { genes: [], samples: [] };

  get value(): Chosen {
    return this.#value;
  }

  /** Replaces the whole choice; what is not named is empty then. */
  set value(next: ChosenPart | null | undefined) {
    this.select({ genes: [], samples: [], ...next });
  }

  /** Selects these instead of what was selected; a kind that is not named stays. */
  select(part: ChosenPart): void {
    const genes = part.genes ? unique("genes", part.genes) : this.#value.genes;
    const samples = part.samples ? unique("samples", part.samples) : this.#value.samples;
    if (same(genes, this.#value.genes) && same(samples, this.#value.samples)) return;
    this.#value = { genes, samples };
    this.dispatchEvent(new Event("input"));
  }

  /** Adds these to the choice, or takes them out where all of them are in it. */
  toggle(part: ChosenPart): void {
    this.select({
      ...(part.genes && { genes: toggled(this.#value.genes, part.genes) }),
      ...(part.samples && { samples: toggled(this.#value.samples, part.samples) }),
    });
  }

  clear(): void {
    this.select({ genes: [], samples: [] });
  }
}

/** A selection with nothing selected. */
export function selection(): Selection {
  return new Selection();
}

/** True for a selection, recognised by shape. */
export function isSelection(value: unknown): value is Selection {
  if (typeof value !== "object" || value === null) return false;
  const s = value as Partial<Selection>;
  return (
    typeof s.addEventListener === "function" &&
    typeof s.select === "function" &&
    typeof s.toggle === "function" &&
    Array.isArray(s.value?.genes)
  );
}

function unique(kind: string, ids: readonly string[]): readonly string[] {
  if (typeof ids === "string" || typeof ids[Symbol.iterator] !== "function")
    throw argumentError(`selection: ${kind} is not a list: ${String(ids)}`, {
      help: "Give ids as a list.",
    });
  return [...new Set(Array.from(ids, String))];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function toggled(now: readonly string[], ids: readonly string[]): string[] {
  const has = new Set(now);
  if (ids.every((id) => has.has(id))) {
    const gone = new Set(ids);
    return now.filter((id) => !gone.has(id));
  }
  return [...now, ...ids];
}
