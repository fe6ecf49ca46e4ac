/**
 * The path of an archive's member as a plain relative one: separators are slashes, no drive, no root, no `.` or `..`,
 * no control characters. Nothing is ever written under it: it names the member in messages and tells its format.
 */
export function memberName(path: string): string {
  const parts = path
    .replace(/\p{Cc}/gu, "")
    .replace(/\\/g, "/")
    .replace(/^[a-z]:/i, "")
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/").slice(-1000) || "unnamed";
}
