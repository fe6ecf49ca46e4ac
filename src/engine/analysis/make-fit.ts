import {
  dictionary,
  float64,
  makeTable,
  columnNames,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { resolveContrasts, type Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import { checkResultsOptions } from "./check-results-options.ts";
import type { Fit, FitFactor, FitMethod, FitOptions, MethodFit } from "./fit.ts";
import { resultsTable, type ResultPart } from "./results-table.ts";
import { stackTables } from "./stack-tables.ts";
import { engrailedVersion } from "./versions.ts";

/** One level's fit and what goes with it; `level` is null without `by`. */
export interface FittedLevel {
  readonly level: string | null;
  readonly design: Design;
  readonly fit: MethodFit;
  readonly options: FitOptions;
  readonly modelMatrix: Table;
  /** How many people or animals the samples are from; null where no column says. */
  readonly donors: number | null;
  readonly warnings: readonly string[];
}

/** The fit that a reader holds, of one level or several. */
export function makeFit(
  method: FitMethod,
  { genes }: Experiment,
  by: string | null,
  levels: readonly FittedLevel[],
  left: readonly string[],
): Fit {
  const [first] = levels;
  const of = (level: FittedLevel, text: string) =>
    level.level === null ? text : `${level.level}: ${text}`;
  const warnings = [
    ...new Set([
      ...left,
      ...levels.flatMap((l) => [...l.warnings, ...l.fit.warnings].map((text) => of(l, text))),
    ]),
  ];
  const dispersions = levels.map((l) => l.fit.dispersions);
  return {
    method,
    design: first.design.formula,
    coefficients: [...new Set(levels.flatMap((l) => l.design.coefficients))],
    modelMatrix: tableOfLevels(
      by,
      levels,
      levels.map((l) => l.modelMatrix),
    ),
    dispersions: dispersions.every((table) => table !== null)
      ? tableOfLevels(by, levels, dispersions as Table[])
      : null,
    sampleWeights: levels.some((l) => l.fit.sampleWeights)
      ? tableOfLevels(by, levels, levels.map(weightTable))
      : null,
    factors: factorsOf(levels),
    warnings,
    methods:
      by === null
        ? first.fit.methods
        : `Each ${by} (${levels.map((l) => l.level).join(", ")}) was fitted on its own. ${first.fit.methods}`,
    async results(options, context) {
      const { contrast, ...asked } = checkResultsOptions(method, options);
      const parts: (ResultPart & { of: FittedLevel })[] = [];
      let isList = false;
      for (const level of levels) {
        const resolved = resolveContrasts(level.design, contrast);
        ({ isList } = resolved);
        for (const one of resolved.contrasts)
          parts.push({
            of: level,
            level: level.level,
            contrast: one,
            result: await level.fit.results(one, asked, context),
          });
      }
      const each = (text: (part: (typeof parts)[number]) => string | number | null) => {
        const texts = parts.map(text);
        if (new Set(texts).size === 1) return String(texts[0] ?? "");
        return parts
          .map((part, i) => {
            const name = [part.level, isList ? part.contrast.name : null]
              .filter(Boolean)
              .join(", ");
            return `${name}: ${texts[i] ?? "none"}`;
          })
          .join("; ");
      };
      const metadata: Record<string, string> = {
        method,
        variant: each((part) => part.of.fit.variant),
        test: each((part) => part.result.test),
        design: first.design.formula,
        contrast: each((part) => part.contrast.words),
        samples: each((part) => part.of.design.nSamples),
        donors: each((part) => part.of.donors ?? "not stated"),
        alpha: String(asked.alpha),
        lfcThreshold: String(asked.lfcThreshold),
        altHypothesis: asked.altHypothesis,
        filterThreshold: each((part) => part.result.filterThreshold ?? "none"),
        versions: `Engrailed ${engrailedVersion}`,
      };
      if (first.options.reduced) metadata.reduced = first.options.reduced.formula;
      if (by !== null) metadata.by = by;
      if (first.fit.sampleWeights)
        metadata.sampleWeights = levels
          .map(
            ({ level, design, fit }) =>
              (level === null ? "" : `${level}: `) +
              design.sampleIds
                .map((id, s) => `${id} ${fit.sampleWeights![s].toPrecision(3)}`)
                .join(", "),
          )
          .join("; ");
      if (warnings.length) metadata.warnings = warnings.join("\n");
      for (const name of new Set(parts.flatMap((part) => Object.keys(part.result.notes))))
        metadata[name] = each((part) => part.result.notes[name] ?? "");
      return resultsTable(genes, parts, by, isList, metadata);
    },
  };
}

function weightTable({ design, fit }: FittedLevel): Table {
  return makeTable({
    sample_id: utf8(design.sampleIds),
    weight: float64(fit.sampleWeights!),
  });
}

/** The factors of all levels' designs, each with the levels that any of them has. */
function factorsOf(levels: readonly FittedLevel[]): FitFactor[] {
  const found = new Map<string, FitFactor>();
  for (const { design } of levels)
    for (const variable of design.variables) {
      if (variable.kind !== "factor") continue;
      const { label, column } = variable;
      const before = found.get(label)?.levels ?? [];
      found.set(label, { label, column, levels: [...new Set([...before, ...variable.levels])] });
    }
  return [...found.values()];
}

/** Tables of levels below each other with the level first; the one table without `by`. */
function tableOfLevels(
  by: string | null,
  levels: readonly FittedLevel[],
  tables: readonly Table[],
): Table {
  if (by === null) return tables[0];
  const stacked = stackTables(tables);
  const codes = Int32Array.from(tables.flatMap((table, i) => Array<number>(table.numRows).fill(i)));
  const level = dictionary(
    codes,
    levels.map((l) => l.level!),
  );
  return makeTable([
    [by, level],
    ...columnNames(stacked).map((name, j): [string, Column] => [name, stacked.getChildAt(j)!]),
  ]);
}
