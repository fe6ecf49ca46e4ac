import { argumentError } from "../../base/errors.ts";
import { checkOptions } from "../../base/check.ts";
import type { ExperimentInfo } from "../../protocol/engine.ts";
import { decode, type WireHandle } from "../../protocol/wire.ts";
import { fromRows, isTable, rows as rowsOf, type Table } from "../../tables/index.ts";
import { bind, type CellContext } from "./context.ts";
import type { EnginePort, OnWire } from "./engine-port.ts";

/** Rows to keep: a function of a row, or values by column. */
export type Where =
  ((row: Record<string, unknown>, index: number) => unknown) | Readonly<Record<string, unknown>>;

/**
 * An experiment as cells see it: genes and samples are here, the counts stay in the engine. Methods return
 * promises; an experiment that a method returns shares nothing that can change.
 */
export class Experiment implements OnWire {
  readonly title: string;
  readonly organism: string | null;
  readonly kind: ExperimentInfo["kind"];
  /** {genes, samples}: how many of each. */
  readonly shape: { readonly genes: number; readonly samples: number };
  /** The gene table: `gene_id` first, optional `symbol`, further columns. */
  readonly genes: Table;
  /** The sample table: `sample_id` first, further columns. */
  readonly samples: Table;
  /** What was noticed when it was read: `level code message n example`. */
  readonly report: Table;
  /** Free metadata of its file. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly #engine: EnginePort;
  readonly #id: number;
  readonly #context: CellContext | null;

  constructor(
    engine: EnginePort,
    id: number,
    info: ExperimentInfo<Table>,
    context: CellContext | null = null,
  ) {
    this.title = info.title;
    this.organism = info.organism;
    this.kind = info.kind;
    this.shape = info.shape;
    this.genes = info.genes;
    this.samples = info.samples;
    this.report = info.report;
    this.metadata = info.metadata;
    this.#engine = engine;
    this.#id = id;
    this.#context = context;
  }

  /** The same experiment, its calls tied to one run of a cell. */
  [bind](context: CellContext): Experiment {
    return new Experiment(this.#engine, this.#id, this, context);
  }

  toWire(): WireHandle {
    return { $: "experiment", id: this.#id, info: null };
  }

  /** The experiment of the samples that `where` keeps, in their order. */
  async filterSamples(where: Where): Promise<Experiment> {
    return this.#run("subsetSamples", selection("filterSamples", this.samples, where));
  }

  /** The experiment of the genes that `where` keeps, in their order. */
  async filterGenes(where: Where): Promise<Experiment> {
    return this.#run("subsetGenes", selection("filterGenes", this.genes, where));
  }

  /** The experiment with another sample table, joined by `sample_id` in any order. */
  async withSamples(
    given: Table | readonly Readonly<Record<string, unknown>>[] | Promise<Table>,
  ): Promise<Experiment> {
    const table = await given;
    const rows =
      Array.isArray(table) && table.every((row) => typeof row === "object" && row !== null);
    if (!isTable(table) && !(rows && table.length > 0))
      throw argumentError(`withSamples: not a table: ${describe(table)}`, {
        help: "Give a table with a sample_id column, such as readTable returns, or an array of such rows.",
      });
    return this.#run("withSamples", isTable(table) ? table : fromRows(table));
  }

  /** The values of a few genes as a long table: `gene_id symbol sample_id count` and the sample columns. */
  async counts(genes: string | readonly string[]): Promise<Table> {
    return this.#run("counts", typeof genes === "string" ? [genes] : [...genes]);
  }

  /**
   * For every gene and group of samples: `gene_id symbol …by n mean variance detected`. Variance is over
   * n - 1 and null at n = 1; detected counts values > 0.
   */
  async summarize(options: { by?: string | string[]; value?: string } = {}): Promise<Table> {
    return this.#run("summarize", checkOptions("summarize", options, ["by", "value"]));
  }

  /** The bytes of the Experiment file. */
  async toArrow(): Promise<Uint8Array> {
    return this.#run("toArrow");
  }

  #run<T>(operation: string, ...args: unknown[]): Promise<T> {
    return this.#engine.run(this.#context, operation, this, ...args) as Promise<T>;
  }
}

/** The stage's value of an experiment's handle. */
export function reviveExperiment(handle: WireHandle, engine: EnginePort): Experiment {
  const info = decode(handle.info, () => null) as ExperimentInfo<Table>;
  return new Experiment(engine, handle.id, info);
}

/** A function is answered here, row by row; values by column are answered in the engine. */
function selection(name: string, table: Table, where: Where): unknown {
  if (typeof where === "function") {
    const all = rowsOf(table);
    const mask = new Uint8Array(all.length);
    all.forEach((row, i) => (mask[i] = where(row, i) ? 1 : 0));
    return mask;
  }
  if (typeof where !== "object" || where === null || Array.isArray(where))
    throw argumentError(`${name}: not a function or an object: ${describe(where)}`, {
      help: `For example ${name}({column: "value"}) or ${name}((d) => d.column > 0).`,
    });
  return where;
}

function describe(value: unknown): string {
  return Array.isArray(value)
    ? "an array"
    : typeof value === "object"
      ? "an object"
      : String(value);
}
