import { observe } from "./generators.ts";

/**
 * A value that its own cell can change: `const n = Mutable(0)`, then `n.value++` in a function of that cell. Other cells
 * see the value, and run again when it changes.
 */
export function Mutable(value?: unknown): AsyncGenerator & { value: unknown } {
  let current = value;
  let change: (value: unknown) => unknown = () => {};
  const generator = observe((tell) => {
    change = tell;
    if (current !== undefined) tell(current);
  });
  return Object.defineProperty(generator, "value", {
    get: () => current,
    set(next: unknown) {
      current = next;
      change(next);
    },
  }) as AsyncGenerator & { value: unknown };
}
