/**
 * Names without the words that all of them share: "SC, age P56 vs WT" and "SC, age P112 vs WT" become "P56" and "P112". The part before
 * the first comma and the rest are taken each for itself. Names that differ in build, and names that would no longer differ, stay as they are.
 */
export function shortNames(names: readonly string[]): string[] {
  if (names.length < 2) return [...names];
  const parts = names.map((name) => name.split(", "));
  const columns = parts[0].map((_, k) => parts.map((one) => one[k] ?? ""));
  if (parts.some((one) => one.length !== columns.length)) return [...names];
  const told = columns.map(tell);
  const short = names.map((_, i) =>
    told
      .map((column) => column[i])
      .filter(Boolean)
      .join(" "),
  );
  return short.every(Boolean) && new Set(short).size === new Set(names).size ? short : [...names];
}

/** Of each text the one word in which they differ; the texts themselves where it is more, or where they are built otherwise. */
function tell(texts: readonly string[]): string[] {
  if (new Set(texts).size === 1) return texts.map(() => "");
  const words = texts.map((text) => text.split(/[ :]+/));
  if (words.some((one) => one.length !== words[0].length)) return [...texts];
  const differs = words[0].map((_, k) => words.some((one) => one[k] !== words[0][k]));
  const kept = words.map((one) => [...new Set(one.filter((_, k) => differs[k]))]);
  return kept.every((one) => one.length === 1) ? kept.map(([word]) => word) : [...texts];
}
