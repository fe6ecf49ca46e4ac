import { h } from "./element.ts";
import { icon } from "./icon.ts";

export interface DialogAction<T> {
  readonly label: string;
  readonly value: T;
  readonly tone?: "primary" | "danger";
}

let count = 0;

/**
 * Shows a modal dialog and resolves with the value of the action that was chosen, or null when it was closed.
 * `body` may hold anything; its own buttons stay inside.
 */
export function openDialog<T>({
  title,
  body,
  actions = [],
  wide = false,
  steady = false,
}: {
  title: string;
  body: Node | string;
  actions?: readonly DialogAction<T>[];
  wide?: boolean;
  /** A click beside it does not close it. */
  steady?: boolean;
}): Promise<T | null> {
  return new Promise((resolve) => {
    const id = `dialog-${++count}`;
    let chosen: T | null = null;
    const finish = (value: T | null) => {
      chosen = value;
      dialog.close();
    };
    const dialog = h(
      "dialog",
      { class: wide ? "dialog dialog-wide" : "dialog", "aria-labelledby": id },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id }, title),
        h(
          "button",
          {
            class: "button-quiet button-icon",
            type: "button",
            "aria-label": "Close",
            onclick: () => finish(null),
          },
          icon("close"),
        ),
      ),
      h("div", { class: "dialog-body" }, typeof body === "string" ? h("p", {}, body) : body),
      actions.length > 0 &&
        h(
          "div",
          { class: "dialog-actions" },
          ...actions.map((action) =>
            h(
              "button",
              {
                type: "button",
                class: `button${action.tone ? ` button-${action.tone}` : ""}`,
                onclick: () => finish(action.value),
              },
              action.label,
            ),
          ),
        ),
    );
    dialog.addEventListener("close", () => {
      for (const notices of dialog.querySelectorAll(":scope > .notices"))
        document.body.append(notices);
      dialog.remove();
      resolve(chosen);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && !steady) finish(null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
