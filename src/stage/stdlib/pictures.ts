import { argumentError } from "../../base/errors.ts";
import { strings, type Table } from "../../tables/index.ts";
import { bind, boundFunction, type CellContext } from "../data/context.ts";
import type { EnginePort } from "../data/engine-port.ts";
import { Experiment } from "../data/experiment.ts";
import { wideTable } from "./wide-table.ts";

type Options = Readonly<Record<string, unknown>>;
type Draw = (data: never, options?: never) => Element;

/** An experiment of at most this many genes is drawn whole where no genes are named. */
const wholeLimit = 2000;

/** What the values of an experiment are called on an axis. */
const valueNames = { counts: "counts", abundance: "abundance", log: "log value" } as const;

/**
 * The pictures as builtins. Each draws the table it is made for; given an experiment (and `genes` where it needs
 * them) it fetches, clusters or decomposes first and returns a promise.
 */
export function pictureBuiltins(engine: EnginePort): Record<string, () => Promise<unknown>> {
  return {
    genePlot: async () =>
      ofExperiment((await import("../charts/gene-plot.ts")).genePlot, ofGenes("genePlot")),
    timeCourse: async () =>
      ofExperiment((await import("../charts/time-course.ts")).timeCourse, ofGenes("timeCourse")),
    pcaPlot: async () =>
      ofExperiment(
        (await import("../charts/pca-plot.ts")).pcaPlot,
        async (experiment, options, context) => {
          const { ntop, scale, ...rest } = options;
          const data = await engine.run(context, "pca", experiment, defined({ ntop, scale }));
          return { data, options: rest };
        },
      ),
    heatmap: async () =>
      ofExperiment((await import("../charts/heatmap.ts")).heatmap, (experiment, options, context) =>
        clustered(engine, experiment, options, context),
      ),
    librarySizes: async () =>
      ofExperiment(
        (await import("../charts/library-sizes.ts")).librarySizes,
        async (experiment, options, context) => {
          const { method, ...rest } = options;
          const data = await engine.run(context, "sizeFactors", experiment, defined({ method }));
          return { data, options: { samples: experiment.samples, ...rest } };
        },
      ),
    sampleDistances: async () =>
      ofExperiment(
        (await import("../charts/sample-distances.ts")).sampleDistances,
        async (experiment, options, context) => {
          const { method, ...rest } = options;
          const few = experiment.shape.samples > 2 && !("tree" in rest);
          const [data, tree] = await Promise.all([
            engine.run(context, "correlate", experiment, defined({ method })),
            few ? engine.run(context, "hclust", experiment, { by: "samples" }) : undefined,
          ]);
          return { data, options: { samples: experiment.samples, ...defined({ tree }), ...rest } };
        },
      ),
    volcano: async () => ofTable((await import("../charts/volcano.ts")).volcano),
    maPlot: async () => ofTable((await import("../charts/ma-plot.ts")).maPlot),
    pvalueHistogram: async () =>
      ofTable((await import("../charts/pvalue-histogram.ts")).pvalueHistogram),
    dispersionPlot: async () =>
      ofTable((await import("../charts/dispersion-plot.ts")).dispersionPlot),
    foldChangeHeatmap: async () =>
      ofTable((await import("../charts/fold-change-heatmap.ts")).foldChangeHeatmap),
    upset: async () => ofTable((await import("../charts/upset.ts")).upset),
    venn: async () => ofTable((await import("../charts/venn.ts")).venn),
  };
}

/** The picture, or for what is only promised, the promise of it. */
function ofTable(draw: Draw) {
  return (given: unknown, options: Options = {}): unknown => {
    const drawn = (data: unknown) => draw(data as never, options as never);
    return given instanceof Promise ? given.then(drawn) : drawn(given);
  };
}

interface Prepared {
  readonly data: unknown;
  readonly options: Options;
}
type Prepare = (
  experiment: Experiment,
  options: Options,
  context: CellContext | null,
) => Promise<Prepared>;

/** The picture, or for an experiment, and for what is only promised, the promise of it. */
function ofExperiment(draw: Draw, prepare: Prepare) {
  return boundFunction((context, given: unknown, options: Options = {}) => {
    const drawn = (data: unknown): unknown => {
      if (!(data instanceof Experiment)) return draw(data as never, options as never);
      const bound = context ? data[bind](context) : data;
      return prepare(bound, options, context).then((ready) =>
        draw(ready.data as never, ready.options as never),
      );
    };
    return given instanceof Promise ? given.then(drawn) : drawn(given);
  });
}

function ofGenes(name: string): Prepare {
  return async (experiment, options) => ({
    data: await experiment.counts(genesOf(name, options)),
    options: { value: valueNames[experiment.kind], ...options },
  });
}

/** Values on a log scale, z-scored by the picture, with genes and samples clustered unless the options say otherwise. */
async function clustered(
  engine: EnginePort,
  experiment: Experiment,
  options: Options,
  context: CellContext | null,
): Promise<Prepared> {
  const genes =
    options.genes === undefined && experiment.shape.genes <= wholeLimit
      ? (strings(experiment.genes, "gene_id") as string[])
      : genesOf("heatmap", options);
  const { genes: _, ...rest } = options;
  const source =
    experiment.kind === "counts"
      ? ((await engine.run(context, "transform", experiment, { method: "logcpm" })) as Experiment)
      : experiment;
  const long = await (context ? source[bind](context) : source).counts(genes);
  const log = experiment.kind === "abundance" ? (v: number) => Math.log2(v + 1) : undefined;
  const wide: Table = wideTable(long, log);
  const tree = (by: string, n: number) =>
    n > 2 ? engine.run(context, "hclust", wide, { by }) : Promise.resolve(undefined);
  const [rows, columns] = await Promise.all([
    "rows" in rest ? rest.rows : tree("genes", genes.length),
    "columns" in rest ? rest.columns : tree("samples", experiment.shape.samples),
  ]);
  const words = { counts: "log2 CPM", abundance: "log2(abundance + 1)", log: "log values" };
  return {
    data: wide,
    options: {
      caption: `Rows are z-scores of ${words[experiment.kind]}.`,
      samples: experiment.samples,
      ...rest,
      ...defined({ rows: rows ?? undefined, columns: columns ?? undefined }),
    },
  };
}

function genesOf(name: string, options: Options): string[] {
  const { genes } = options;
  const list = typeof genes === "string" ? [genes] : genes;
  if (Array.isArray(list) && list.length) return list.map(String);
  throw argumentError(`${name}: which genes?`, {
    help: `Name them: ${name}(experiment, {genes: ["…"]}).`,
  });
}

function defined(options: Record<string, unknown>): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
