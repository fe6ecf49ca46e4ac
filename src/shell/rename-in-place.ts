import { h } from "./element.ts";

/** Turns a label into a text field until Enter, Escape or leaving it; `rename` gets a changed, non-empty title. */
export function renameInPlace(
  label: HTMLElement,
  title: string,
  rename: (title: string) => unknown,
): void {
  const input = h("input", {
    class: "rename",
    type: "text",
    value: title,
    maxlength: 200,
    "aria-label": "Title",
  });
  let done = false;
  const finish = (keep: boolean) => {
    if (done) return;
    done = true;
    const next = input.value.replace(/\s+/g, " ").trim();
    input.replaceWith(label);
    label.focus();
    if (keep && next && next !== title) rename(next);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
    event.stopPropagation();
  });
  input.addEventListener("blur", () => finish(true));
  label.replaceWith(input);
  input.focus();
  input.select();
}
