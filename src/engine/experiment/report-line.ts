import { grouped } from "../../base/grouped.ts";
import type { ReportLine } from "./types.ts";

/** A line of an experiment's report; `n` counts what it speaks of (default 1), `example` names one of them. */
export function reportLine(
  level: ReportLine["level"],
  code: string,
  message: string,
  n = 1,
  example: string | null = null,
): ReportLine {
  return { level, code, message, n, example };
}

/** The first few names, in words, with how many more there are: "a, b, c and 12 more". */
export function firstFew(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** "1 gene", "2 genes": the number with its noun. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
