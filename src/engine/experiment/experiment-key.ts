/**
 * What tells one reading of files from another: their hashes by role, and the options in an order of their own, so that
 * {a, b} and {b, a} are one key. Regular expressions are written out; undefined options do not count.
 */
export function experimentKey(
  files: Readonly<Record<string, string | readonly string[]>>,
  options: object | undefined,
): string {
  return `${canonical(files)} ${canonical(options ?? {})}`;
}

function canonical(value: unknown): string {
  if (value instanceof RegExp) return `{"regexp":${JSON.stringify(String(value))}}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(",")}}`;
  return JSON.stringify(value) ?? "null";
}
