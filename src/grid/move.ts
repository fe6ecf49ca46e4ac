import type { Place } from "./body.ts";

/** Where a key takes the active cell (row -1 is the header), or null for a key that moves nothing. */
export function movedBy(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  from: Place,
  {
    rows,
    columns,
    page,
  }: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | null {
  const whole = event.ctrlKey || event.metaKey;
  const place = (row: number, column: number): Place => ({
    row: Math.max(-1, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  const { row, column } = from;
  switch (event.key) {
    case "ArrowDown":
      return whole ? place(rows - 1, column) : place(row + 1, column);
    case "ArrowUp":
      return whole ? place(0, column) : place(row - 1, column);
    case "ArrowRight":
      return whole ? place(row, columns - 1) : place(row, column + 1);
    case "ArrowLeft":
      return whole ? place(row, 0) : place(row, column - 1);
    case "PageDown":
      return place(Math.max(0, row) + page, column);
    case "PageUp":
      return place(Math.max(0, row - page), column);
    case "Home":
      return whole ? place(0, 0) : place(row, 0);
    case "End":
      return whole ? place(rows - 1, columns - 1) : place(row, columns - 1);
    default:
      return null;
  }
}
