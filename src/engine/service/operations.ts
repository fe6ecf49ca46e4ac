import { argumentError } from "../../base/errors.ts";
import { checkOptions } from "../../base/check.ts";
import { isTable, type Table } from "../../tables/index.ts";
import { analyses } from "../analysis/index.ts";
import { isByteSource, readAll, type ByteSource } from "../bytes/index.ts";
import { countsOf } from "../experiment/counts-of.ts";
import { filterGenes } from "../experiment/filter-genes.ts";
import { filterSamples } from "../experiment/filter-samples.ts";
import { orthologs, type OrthologOptions } from "../experiment/orthologs.ts";
import { toArrow } from "../experiment/to-arrow.ts";
import { withSamples } from "../experiment/with-samples.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Selection } from "../experiment/types.ts";
import type { OperationContext } from "./context.ts";
import type { DatabaseSession } from "./databases.ts";
import { isExperiment } from "./is-experiment.ts";
import { readExperiment, type Source } from "./read-experiment.ts";

type Operation = (context: OperationContext, ...args: never[]) => unknown;

/** Everything that a stage may ask for, by name; arguments come decoded. */
export const operations: Readonly<Record<string, Operation>> = {
  readExperiment: (context, source: Source, options: object) =>
    readExperiment(context, source, options),
  readTable: (context, source: unknown, options: { sheet?: string | number; format?: string }) =>
    context.reading.table(fileOf("readTable", source), options, context),
  fileBytes: (context, file: unknown) => readAll(fileOf("file", file), context),

  subsetSamples: (_, experiment: unknown, selection: Selection) =>
    filterSamples(experimentOf("filterSamples", experiment), selection),
  subsetGenes: (_, experiment: unknown, selection: Selection) =>
    filterGenes(experimentOf("filterGenes", experiment), selection),
  withSamples: (_, experiment: unknown, table: Table) =>
    withSamples(experimentOf("withSamples", experiment), table),
  counts: (_, experiment: unknown, genes: readonly string[]) =>
    countsOf(experimentOf("counts", experiment), genes),
  orthologs: (_, experiment: unknown, table: Table, options: OrthologOptions) =>
    orthologs(experimentOf("orthologs", experiment), table, options),
  toArrow: (_, experiment: unknown) => toArrow(experimentOf("toArrow", experiment)),

  ...Object.fromEntries(
    Object.entries(analyses).map(([name, analysis]) => [
      name,
      (context: OperationContext, input: unknown, options: object) =>
        (analysis as AnyAnalysis)(inputOf(name, input), options, context),
    ]),
  ),

  fitResults: (context, fit: { results: (o: object, c: OperationContext) => unknown }, options) =>
    fit.results(options, context),

  openDatabase: (context, sources: Record<string, unknown>) =>
    context.databases.open(sources, context),
  query: (context, database: DatabaseSession, sql: string, params: unknown[]) =>
    database.query(sql, params, context),
  describeTables: (context, database: DatabaseSession) => database.describeTables(context),
  describeColumns: (context, database: DatabaseSession, options: { table?: string }) =>
    database.describeColumns(checkOptions("describeColumns", options, ["table"]), context),
};

type AnyAnalysis = (input: unknown, options: object, context: OperationContext) => unknown;

function fileOf(name: string, source: unknown): ByteSource {
  if (isByteSource(source)) return source;
  throw argumentError(`${name}: not a file: ${describe(source)}`, {
    help: 'Give a file, such as FileAttachment("counts.csv").',
  });
}

function experimentOf(name: string, value: unknown): Experiment {
  if (isExperiment(value)) return value;
  throw argumentError(`${name}: not an experiment: ${describe(value)}`, {
    help: "Give what readExperiment returns.",
  });
}

function inputOf(name: string, value: unknown): unknown {
  if (isExperiment(value) || isTable(value)) return value;
  throw argumentError(`${name}: not an experiment: ${describe(value)}`, {
    help: "Give what readExperiment returns.",
  });
}

function describe(value: unknown): string {
  if (isTable(value)) return "a table";
  if (isExperiment(value)) return "an experiment";
  if (isByteSource(value)) return "a file";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
