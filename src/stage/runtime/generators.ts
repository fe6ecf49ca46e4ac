type Change = (value: unknown) => unknown;
type Dispose = (() => void) | void;

/** The latest of the values that `initialize` passes to its argument, whenever one is asked for; values between are skipped. */
export function observe(initialize: (change: Change) => Dispose): AsyncGenerator {
  return live(initialize, (values, value) => {
    values.length = 0;
    values.push(value);
  });
}

/** Every value that `initialize` passes to its argument, in order. */
export function queue(initialize: (change: Change) => Dispose): AsyncGenerator {
  return live(initialize, (values, value) => values.push(value));
}

/** The values of an input element: the one it has, if it has one, and each after an event of it. */
export function input(element: EventTarget & { value?: unknown }): AsyncGenerator {
  return observe((change) => {
    const type = eventOf(element);
    const changed = (): void => void change(valueOf(element));
    element.addEventListener(type, changed);
    const value = valueOf(element);
    if (value !== undefined) change(value);
    return () => element.removeEventListener(type, changed);
  });
}

/** The time in milliseconds, at each frame. */
export function* now(): Generator<number> {
  for (;;) yield Date.now();
}

/** The width of an element in pixels, now and whenever it changes. */
export function width(element: Element): AsyncGenerator {
  return observe((change) => {
    let last = -1;
    const tell = (value: number): void => {
      if (value === last || value === 0) return;
      last = value;
      change(value);
    };
    tell(element.clientWidth);
    const observer = new ResizeObserver(() => tell(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  });
}

/** Whether the page is dark, now and whenever that changes: `data-theme="dark"` on the document's element. */
export function dark(): AsyncGenerator {
  return observe((change) => {
    const root = document.documentElement;
    const tell = (): void => void change(root.dataset.theme === "dark");
    tell();
    const observer = new MutationObserver(tell);
    observer.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  });
}

function live(
  initialize: (change: Change) => Dispose,
  keep: (values: unknown[], value: unknown) => void,
): AsyncGenerator {
  const values: unknown[] = [];
  let wake: (() => void) | null = null;
  let over = false;
  const dispose = initialize((value) => {
    keep(values, value);
    wake?.();
    return value;
  });
  const end = (): Promise<IteratorResult<unknown>> => {
    if (!over) dispose?.();
    over = true;
    wake?.();
    return Promise.resolve({ done: true, value: undefined });
  };
  return {
    async next() {
      if (values.length === 0 && !over)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      wake = null;
      return over ? { done: true, value: undefined } : { done: false, value: values.shift() };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  } as unknown as AsyncGenerator;
}

function valueOf(element: EventTarget & { value?: unknown }): unknown {
  if (element instanceof HTMLInputElement)
    switch (element.type) {
      case "range":
      case "number":
        return element.valueAsNumber;
      case "date":
        return element.valueAsDate;
      case "checkbox":
        return element.checked;
      case "file":
        return element.multiple ? element.files : element.files?.[0];
    }
  if (element instanceof HTMLSelectElement && element.multiple)
    return Array.from(element.selectedOptions, (option) => option.value);
  return element.value;
}

function eventOf(element: EventTarget): string {
  const type =
    element instanceof HTMLInputElement || element instanceof HTMLButtonElement ? element.type : "";
  if (type === "button" || type === "submit" || type === "checkbox") return "click";
  return type === "file" ? "change" : "input";
}
