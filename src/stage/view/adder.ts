import { element } from "./element.ts";
import { icon } from "./icon.ts";

/** The "+" in the gap between two cells. `onAdd` gets the button, to anchor the choice of type. */
export function createAdder(onAdd: (anchor: HTMLElement) => void): HTMLElement {
  const button = element(
    "button",
    {
      type: "button",
      class: "adder-button",
      "aria-label": "Insert cell here",
      "aria-haspopup": "menu",
      title: "Insert cell",
      tabindex: -1,
    },
    icon("plus"),
  );
  button.addEventListener("click", () => onAdd(button));
  return element("div", { class: "adder" }, button);
}
