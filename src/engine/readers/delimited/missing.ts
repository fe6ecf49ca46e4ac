const tokens = new Set(["", "na", "n/a", "nan", "null", "#n/a", "none"]);

/** True for text that stands for a missing value: nothing, NA, N/A, NaN, null, #N/A, none, in any case. */
export function isMissing(text: string): boolean {
  const first = text.charCodeAt(0);
  if (text.length > 6 || (first >= 48 && first <= 57)) return false;
  return tokens.has(text.trim().toLowerCase());
}
