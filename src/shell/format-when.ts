/** A time in words, as seen from `now`: "just now", "5 minutes ago", "today at 14:05", "3 May 2025". */
export function formatWhen(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  if (seconds < 45) return "just now";
  if (seconds < 3600) {
    const minutes = Math.max(1, Math.round(seconds / 60));
    return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  }
  const then = new Date(at);
  const today = new Date(now);
  const clock = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (sameDay(then, today)) return `today at ${clock}`;
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (sameDay(then, yesterday)) return `yesterday at ${clock}`;
  const year = then.getFullYear() === today.getFullYear() ? "" : ` ${then.getFullYear()}`;
  return `${then.getDate()} ${months[then.getMonth()]}${year}`;
}

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
