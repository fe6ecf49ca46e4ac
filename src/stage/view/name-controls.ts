/**
 * Gives names to what Observable Inputs and Plot leave nameless for screen readers: the slider beside a
 * labelled number, the checkboxes of a table's rows, the groups of a plot's marks.
 */
export function nameControls(node: Element): void {
  const each = (selector: string, act: (element: Element) => void) => {
    if (node.matches(selector)) act(node);
    for (const found of node.querySelectorAll(selector)) act(found);
  };
  each("form input:not([aria-label], [aria-labelledby], [id])", (input) => {
    const form = input.closest("form");
    const row = input.closest("tr");
    if (row && form?.contains(row)) {
      const words = row.cells[1]?.textContent?.trim().slice(0, 80);
      const name = row.parentElement?.tagName === "THEAD" ? "Select all rows" : `Select ${words}`;
      input.setAttribute("aria-label", name);
    } else if (!input.closest("label")) {
      const label = form?.querySelector("label")?.textContent?.trim();
      if (label) input.setAttribute("aria-label", label);
    }
  });
  each("svg g[aria-label]:not([role])", (group) => group.setAttribute("role", "group"));
}
