/**
 * Tells which cell has the focus and whether its source is being written, at every change. When the focus
 * leaves for elsewhere in the page the cell is null; leaving the whole frame changes nothing.
 */
export function watchFocus(
  list: HTMLElement,
  onChange: (id: number | null, writing: boolean) => void,
): () => void {
  const enter = (event: FocusEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const cell = target?.closest<HTMLElement>(".cell");
    if (cell) onChange(Number(cell.dataset.id), target?.closest(".cm-editor") !== null);
  };
  const leave = (event: FocusEvent) => {
    const to = event.relatedTarget instanceof Node ? event.relatedTarget : null;
    if (to && !list.contains(to)) onChange(null, false);
    else if (!to && document.hasFocus())
      queueMicrotask(() => {
        if (document.activeElement === document.body) onChange(null, false);
      });
  };
  list.addEventListener("focusin", enter);
  list.addEventListener("focusout", leave);
  return () => {
    list.removeEventListener("focusin", enter);
    list.removeEventListener("focusout", leave);
  };
}
