import { element } from "./element.ts";
import { icon } from "./icon.ts";
import type { ViewAction } from "./types.ts";

/** Short notices at the foot of the page, read out politely; one at a time. */
export interface Toasts {
  readonly element: HTMLElement;
  show(text: string, action?: ViewAction): void;
  clear(): void;
  dispose(): void;
}

const shownFor = 8000;

export function createToasts(): Toasts {
  const live = element("div", { class: "toasts", role: "status", "aria-live": "polite" });
  let timer = 0;
  const clear = () => {
    clearTimeout(timer);
    live.replaceChildren();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = window.setTimeout(clear, shownFor);
  };
  live.addEventListener("pointerenter", () => clearTimeout(timer));
  live.addEventListener("pointerleave", wait);
  live.addEventListener("focusin", () => clearTimeout(timer));
  live.addEventListener("focusout", wait);
  return {
    element: live,
    show(text, action) {
      const toast = element("div", { class: "toast" }, element("span", {}, text));
      if (action) {
        const button = element("button", { type: "button", class: "toast-action" }, action.label);
        button.addEventListener("click", () => {
          clear();
          action.run();
        });
        toast.append(button);
      }
      const close = element(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Put away" },
        icon("close"),
      );
      close.addEventListener("click", clear);
      toast.append(close);
      live.replaceChildren(toast);
      wait();
    },
    clear,
    dispose: () => clearTimeout(timer),
  };
}
