import { argumentError } from "./errors.ts";

/** The name among `names` that a misspelt one most likely meant, or undefined. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  const { length } = name;
  let least = (length < 2 ? 0 : length < 4 ? 1 : Math.max(2, Math.floor(length / 3))) + 1;
  for (const candidate of names) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

/**
 * Refuses options that the function does not know: a misspelt option is an error that lists the right
 * ones. Returns the options, or an empty record for undefined.
 */
export function checkOptions<T extends object>(
  where: string,
  options: T | undefined | null,
  allowed: readonly string[],
): T {
  if (options === undefined || options === null) return {} as T;
  if (typeof options !== "object" || Array.isArray(options))
    throw argumentError(`${where}: options must be an object: ${String(options)}`);
  for (const key of Object.keys(options)) {
    if (allowed.includes(key)) continue;
    const near = nearestName(key, allowed);
    throw argumentError(`${where}: unknown option: ${key}`, {
      help: `${near ? `Did you mean ${near}? ` : ""}${
        allowed.length ? `Options are ${allowed.join(", ")}.` : "It takes no options."
      }`,
    });
  }
  return options;
}

/** Returns `value` when it is one of `allowed`, `fallback` when undefined, else an error that lists them. */
export function checkOneOf<T extends string>(
  where: string,
  name: string,
  value: unknown,
  allowed: readonly T[],
  fallback?: T,
): T {
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value === "string" && (allowed as readonly string[]).includes(value))
    return value as T;
  throw argumentError(`${where}: invalid ${name}: ${String(value)}`, {
    help: `It is one of ${allowed.map((a) => `"${a}"`).join(", ")}.`,
  });
}

/** Returns `value` when it is a whole number in [min, max], `fallback` when undefined. */
export function checkInteger(
  where: string,
  name: string,
  value: unknown,
  { min = 0, max = Number.MAX_SAFE_INTEGER, fallback }: Limits = {},
): number {
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max)
    return value;
  throw argumentError(`${where}: invalid ${name}: ${String(value)}`, {
    help: `It is a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? " up" : ` to ${max}`}.`,
  });
}

interface Limits {
  min?: number;
  max?: number;
  fallback?: number;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const row = [i];
    for (let j = 1; j <= b.length; ++j)
      row[j] = Math.min(
        previous[j] + 1,
        row[j - 1] + 1,
        previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    previous = row;
  }
  return previous[b.length];
}
