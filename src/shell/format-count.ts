/** A number of things in words: "12.8 million", "50,880". */
export function formatCount(n: number): string {
  if (n >= 999_500_000) return `${trim(n / 1e9)} billion`;
  if (n >= 999_500) return `${trim(n / 1e6)} million`;
  return Math.round(n).toLocaleString("en-GB");
}

function trim(value: number): string {
  return value >= 99.95 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, "");
}
