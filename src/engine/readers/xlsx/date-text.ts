/** How a number format shows a date: the whole day, day and month ("1-Mar"), month and year ("Mar-01"), not at all. */
export type DateShape = "day" | "day-month" | "month-year" | null;

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** What Excel's number format of that id (and code, where it is the workbook's own) makes of a number. */
export function dateShape(id: number, code: string | undefined): DateShape {
  if (code !== undefined) {
    const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "").toLowerCase();
    if (
      plain.includes("general") ||
      !/[dmy]/.test(plain) ||
      /[#0?]/.test(plain.replace(/\.0+/g, ""))
    )
      return null;
    if (/d/.test(plain) && /y/.test(plain)) return "day";
    if (/d/.test(plain)) return "day-month";
    return /y/.test(plain) && /m/.test(plain) ? "month-year" : /h|s/.test(plain) ? null : "day";
  }
  if (id === 16) return "day-month";
  if (id === 17) return "month-year";
  return (id >= 14 && id <= 22 && id !== 18 && id !== 19 && id !== 20 && id !== 21) ||
    (id >= 27 && id <= 36) ||
    (id >= 50 && id <= 58)
    ? "day"
    : null;
}

/** A day number of a workbook as the text that its format shows; the number as it is where it is no day. */
export function dateText(text: string, shape: DateShape, from1904: boolean): string {
  const days = Number(text);
  if (shape === null || !Number.isFinite(days) || days < 0 || days > 2_958_465) return text;
  const date = new Date(
    Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) +
      Math.floor(days) * 86_400_000,
  );
  const month = months[date.getUTCMonth()];
  if (shape === "day-month") return `${date.getUTCDate()}-${month}`;
  if (shape === "month-year")
    return `${month}-${String(date.getUTCFullYear() % 100).padStart(2, "0")}`;
  return date.toISOString().slice(0, 10);
}
