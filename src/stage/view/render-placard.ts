import { element } from "./element.ts";
import { icon } from "./icon.ts";
import type { ViewPlacard } from "./types.ts";

/** A notice above the first cell, with what can be done about it. `onDismiss` is called when put away. */
export function renderPlacard(placard: ViewPlacard, onDismiss: () => void): HTMLElement {
  const tone = placard.tone ?? "note";
  const node = element(
    "section",
    { class: `placard placard-${tone}`, "aria-label": "Notice" },
    element("p", {}, placard.text),
  );
  if (placard.action) {
    const button = element(
      "button",
      { type: "button", class: "button button-strong" },
      icon("run"),
      placard.action.label,
    );
    button.addEventListener("click", placard.action.run);
    node.append(button);
  }
  if (placard.dismissable) {
    const close = element(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Put away" },
      icon("close"),
    );
    close.addEventListener("click", onDismiss);
    node.append(close);
  }
  return node;
}
