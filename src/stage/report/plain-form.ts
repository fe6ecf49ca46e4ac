/**
 * A part of a control as text: its value in bold, a box or radio button as ticked or not, a slider without its track. A button shows
 * nothing, but for one that heads a column. Undefined for what is no control.
 */
export function plainForm(element: HTMLElement): readonly Node[] | undefined {
  const control = element as Partial<{ toText(): { label: string; value: string } }>;
  if (typeof control.toText === "function") return [words(control.toText())];
  if (element instanceof HTMLInputElement) return input(element);
  if (element instanceof HTMLTextAreaElement) return [value(element.value, "report-text")];
  if (element instanceof HTMLSelectElement)
    return [value([...element.selectedOptions].map((option) => option.text).join(", "))];
  if (element instanceof HTMLButtonElement)
    return element.closest("th, [role=columnheader], li") && !element.matches("li button")
      ? [document.createTextNode(element.textContent)]
      : [];
  if (element.matches("datalist, [role=listbox]")) return [];
  if (element instanceof HTMLOutputElement) return [value(element.value)];
  return undefined;
}

function input(box: HTMLInputElement): readonly Node[] {
  const { type } = box;
  if (type === "checkbox" || type === "radio") {
    // Those that choose rows of a table are no values.
    if (box.closest("td, th, [role=gridcell]")) return [];
    const mark = document.createElement("span");
    mark.className = "report-mark";
    mark.textContent = box.checked ? (type === "radio" ? "◉" : "☑") : type === "radio" ? "○" : "☐";
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", box.checked ? "chosen:" : "not chosen:");
    return [mark, document.createTextNode(" ")];
  }
  if (["button", "submit", "reset", "image", "hidden", "password"].includes(type)) return [];
  if (type === "file") return [value([...(box.files ?? [])].map(({ name }) => name).join(", "))];
  // A slider stands beside a field with its number.
  if (type === "range" && box.parentElement?.querySelector("input[type=number], output")) return [];
  return [value(box.value)];
}

/** A control of ours, which says its value itself. */
function words(said: { readonly label: string; readonly value: string }): HTMLElement {
  const line = document.createElement("div");
  line.className = "report-control";
  const label = document.createElement("span");
  label.className = "report-label";
  label.textContent = said.label;
  line.append(label, value(said.value));
  return line;
}

function value(text: string, className = "report-value"): HTMLElement {
  const node = document.createElement("b");
  node.className = className;
  node.textContent = text || "(empty)";
  return node;
}
