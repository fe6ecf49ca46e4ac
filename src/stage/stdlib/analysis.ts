import { argumentError } from "../../base/errors.ts";
import { fromRows } from "../../tables/index.ts";
import { boundFunction } from "../data/context.ts";
import type { EnginePort } from "../data/engine-port.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * The builtins that the engine answers: each takes an experiment (or a table, or a file), or the promise of one, and
 * options, and returns a promise. Options are checked in the engine, where the work is done.
 */
export function engineBuiltins(engine: EnginePort): Record<string, unknown> {
  const operation = (name: string) =>
    boundFunction((context, input?: unknown, options?: unknown) => {
      if (input === undefined || input === null)
        throw argumentError(`${name}: nothing to work on: ${String(input)}`, {
          help: `For example ${name}(experiment).`,
        });
      return engine.run(context, name, input, options ?? {});
    });
  const orthologs = boundFunction(
    (context, experiment?: unknown, table?: unknown, options?: unknown) => {
      if (!table)
        throw argumentError(`orthologs: no table of orthologs: ${String(table)}`, {
          help: 'For example orthologs(experiment, readTable(file), {from: "mouse_symbol", to: "human_symbol"}).',
        });
      const pairs = Array.isArray(table) ? fromRows(table as Row[]) : table;
      return engine.run(context, "orthologs", experiment, pairs, options ?? {});
    },
  );
  return { ...Object.fromEntries(engineNames.map((name) => [name, operation(name)])), orthologs };
}

/** Names of operations that are builtins as they stand. */
export const engineNames = [
  "readExperiment",
  "readTable",
  "sizeFactors",
  "filterGenes",
  "transform",
  "collapse",
  "pca",
  "hclust",
  "correlate",
  "duplicates",
  "differentialExpression",
] as const;
