import { columnKind, column, hasColumn, levelsOf, type Table } from "../../tables/index.ts";

/** What a contrast can be of: levels of a factor against each other, or one coefficient. */
export type DesignChoice = FactorChoice | CoefficientChoice;

export interface FactorChoice {
  readonly kind: "factor";
  readonly column: string;
  /** As in the formula. */
  readonly label: string;
  /** The reference first; its name is null where nothing tells it. */
  readonly levels: readonly (string | null)[];
  /** What is held at its reference, since the design has the two interact. */
  readonly held: readonly string[];
  /** True for combinations of two factors. */
  readonly combined: boolean;
}

export interface CoefficientChoice {
  readonly kind: "coefficient";
  readonly name: string;
  /** The covariate of which it is the slope; null for an interaction. */
  readonly covariate: string | null;
}

/** A fit as far as its contrasts go. */
export interface FitLike {
  readonly design: string;
  readonly coefficients: readonly string[];
  /** The factors with their levels, the reference first, where the fit tells them. */
  readonly factors?: readonly {
    readonly label: string;
    readonly column: string;
    readonly levels: readonly string[];
  }[];
}

/** Reads a formula and the names of its coefficients, as R writes them, into what can be contrasted; `samples` tells the references where the fit does
 * not. Factors that interact can be contrasted together too, by combinations of their levels. */
export function designChoices(
  { design, coefficients, factors: told }: FitLike,
  samples: Table | null,
): DesignChoice[] {
  const variables = variablesOf(design);
  const ownerOf = (part: string) =>
    variables
      .filter(({ label }) => part.startsWith(label))
      .sort((a, b) => b.label.length - a.label.length)[0];
  const levels = new Map<string, string[]>();
  const slopes: string[] = [];
  const interactions: string[] = [];
  const together = new Map<string, Set<string>>();
  for (const name of coefficients) {
    if (name === "(Intercept)") continue;
    const parts = name.split(":");
    const owners = parts.map(ownerOf);
    if (parts.length > 1 && owners.every(Boolean)) {
      interactions.push(name);
      for (const a of owners)
        for (const b of owners)
          if (a !== b) together.set(a.label, (together.get(a.label) ?? new Set()).add(b.label));
      continue;
    }
    const owner = ownerOf(name);
    if (!owner || name === owner.label) slopes.push(name);
    else
      levels.set(owner.label, [...(levels.get(owner.label) ?? []), name.slice(owner.label.length)]);
  }
  const references = new Map<string, string | null>();
  const factors = variables.flatMap((variable): FactorChoice[] => {
    const known = told?.find(({ label }) => label === variable.label);
    if (known) {
      references.set(variable.label, known.levels[0]);
      return [{ kind: "factor", ...variable, levels: known.levels, held: [], combined: false }];
    }
    const own = levels.get(variable.label);
    if (!own) return [];
    const reference = referenceOf(variable.column, own, samples);
    const whole = reference === undefined ? own : [reference, ...own];
    references.set(variable.label, reference ?? null);
    return [{ kind: "factor", ...variable, levels: whole, held: [], combined: false }];
  });
  const heldOf = (label: string) =>
    [...(together.get(label) ?? [])].map((other) =>
      references.has(other) ? (references.get(other) ?? `the reference of ${other}`) : `${other} 0`,
    );
  return [
    ...factors.map((factor) => ({ ...factor, held: heldOf(factor.label) })),
    ...slopes.map((name) => ({ kind: "coefficient" as const, name, covariate: name })),
    ...combinations(factors, together),
    ...interactions.map((name) => ({ kind: "coefficient" as const, name, covariate: null })),
  ];
}

/** Pairs of factors that interact, each with all combinations of their levels; not where a level has no name. */
function combinations(
  factors: readonly FactorChoice[],
  together: ReadonlyMap<string, ReadonlySet<string>>,
): FactorChoice[] {
  return factors.flatMap((a, i) =>
    factors.slice(i + 1).flatMap((b): FactorChoice[] => {
      if (!together.get(a.label)?.has(b.label)) return [];
      if ([...a.levels, ...b.levels].includes(null)) return [];
      return [
        {
          kind: "factor",
          column: `${a.column}:${b.column}`,
          label: `${a.label}:${b.label}`,
          levels: a.levels.flatMap((x) => b.levels.map((y) => `${x}:${y}`)),
          held: [],
          combined: true,
        },
      ];
    }),
  );
}

/** The level that no coefficient is of; null where the samples don't tell its name, undefined where every level has a coefficient. */
function referenceOf(
  name: string,
  own: readonly string[],
  samples: Table | null,
): string | null | undefined {
  if (!samples || !hasColumn(samples, name)) return null;
  const kind = columnKind(column(samples, name));
  const { levels, codes } = levelsOf(samples, name);
  const used = new Set(codes);
  const known = levels
    .filter((_, i) => used.has(i))
    .map((level) => (kind === "boolean" ? level.toUpperCase() : level));
  const rest = known.filter((level) => !own.includes(level));
  if (rest.length === 1) return rest[0];
  return rest.length === 0 ? undefined : null;
}

/** Variables of a formula, each once: `x`, `factor(x)`, and names in backticks. */
function variablesOf(formula: string): { column: string; label: string }[] {
  const pattern = /factor\(\s*(`[^`]+`|[^\s)]+)\s*\)|`[^`]+`|[\p{L}_.][\p{L}\p{N}_.]*/gu;
  const found = new Map<string, string>();
  for (const match of formula.replace(/^[^~]*~/, "").matchAll(pattern)) {
    const column = (match[1] ?? match[0]).replace(/^`|`$/g, "");
    found.set(match[0].replace(/\s+/g, ""), column);
  }
  return [...found].map(([label, column]) => ({ column, label }));
}
