/** A whole number with a comma between thousands, "12,789,032"; without Intl, whose first use costs a worker tens of milliseconds. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
