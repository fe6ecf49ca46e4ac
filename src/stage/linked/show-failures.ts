interface MosaicPlot {
  marks: { queryError(error: unknown): unknown }[];
  render(): Promise<void>;
}

/**
 * A plot of Mosaic that tells, in its own place, why it can't be drawn: a query that failed, or marks and scales that do not
 * go together. The library itself only logs.
 */
export function showFailures(element: HTMLElement): HTMLElement {
  const plot = (element as HTMLElement & { value: MosaicPlot }).value;
  element.classList.add("linked-view");
  const show = (error: unknown): void => {
    const note = document.createElement("p");
    note.className = "linked-failure";
    note.setAttribute("role", "alert");
    note.textContent = messageOf(error);
    element.replaceChildren(note);
  };
  for (const mark of plot.marks)
    mark.queryError = (error) => {
      show(error);
      return mark;
    };
  const render = plot.render.bind(plot);
  plot.render = async () => {
    try {
      await render();
    } catch (error) {
      show(error);
    }
  };
  return element;
}

/** The database's own words: Mosaic wraps them in an error that repeats the SQL. */
function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
