/** "A, B and C", or "A, B, C and 10 more". */
export function nameList(items: readonly string[]): string {
  if (items.length <= 1) return items[0] || "the values";
  if (items.length <= 4) return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
  return `${items.slice(0, 3).join(", ")} and ${items.length - 3} more`;
}

/** Ends with a full stop; "mean of …", "log2 …" and "log values" begin with a capital. */
export function sentence(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^(?:mean|log2?)(?= )/, (word) => word[0].toUpperCase() + word.slice(1));
  return /[.!?。]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
