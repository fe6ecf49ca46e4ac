import { make } from "./make.ts";
import { ensureInputStyle } from "./style.ts";

/** How a control answers from outside. */
export interface ControlValue<V> {
  readonly get: () => V;
  readonly set: (value: unknown) => void;
  /** The value in words, for paper. */
  readonly words: () => string;
}

/** What every control has around it. */
export interface ControlFrame {
  readonly root: HTMLElement;
  /** Says that the value has changed. */
  tell(): void;
  /** Stops an event of a part from leaving: the control tells of its value itself. */
  keep(part: HTMLElement, ...events: readonly string[]): void;
  /** The control, complete. */
  as<V, C extends HTMLElement>(value: ControlValue<V>): C;
}

/**
 * The frame of a control: a group with its label (of the field with the id `field`, where there is one), styles, the "input" event,
 * and `value` as a property. `toText` gives label and value in words, for a report.
 */
export function controlFrame(kind: string, label: string, field?: string): ControlFrame {
  const root = make("div", `input-${kind}`);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  const title = make(field === undefined ? "span" : "label", "input-label", label);
  if (field !== undefined) title.setAttribute("for", field);
  root.append(title);
  ensureInputStyle(document);
  return {
    root,
    tell: () => void root.dispatchEvent(new Event("input", { bubbles: true })),
    keep(part, ...events) {
      for (const name of events) part.addEventListener(name, (event) => event.stopPropagation());
    },
    as<V, C extends HTMLElement>({ get, set, words }: ControlValue<V>): C {
      Object.defineProperty(root, "value", { configurable: true, get, set });
      Object.defineProperty(root, "toText", { value: () => ({ label, value: words() }) });
      return root as unknown as C;
    },
  };
}
