import { decode, type WireHandle } from "../../protocol/wire.ts";
import type { Table } from "../../tables/index.ts";
import { bind, type CellContext } from "./context.ts";
import type { EnginePort, OnWire } from "./engine-port.ts";

/** What the stage knows at once of a fit. */
export interface FitInfo {
  readonly method: string;
  /** The formula. */
  readonly design: string;
  readonly coefficients: readonly string[];
  /** `sample_id` and one column per coefficient. */
  readonly modelMatrix: Table;
  /** `gene_id baseMean gene_wise trend map outlier`; null for methods without. */
  readonly dispersions: Table | null;
  /** `sample_id weight` where weights of samples were asked for, or null. */
  readonly sampleWeights: Table | null;
  /** The design's factors, each {label, column, levels}, the reference first. */
  readonly factors: readonly {
    readonly label: string;
    readonly column: string;
    readonly levels: readonly string[];
  }[];
  readonly warnings: readonly string[];
  /** A paragraph for the paper, with versions and citations. */
  readonly methods: string;
}

/** A fitted model as cells see it: what it is stands here, the numbers stay in the engine. */
export class Fit implements OnWire, FitInfo {
  readonly method!: string;
  readonly design!: string;
  readonly coefficients!: readonly string[];
  readonly modelMatrix!: Table;
  readonly dispersions!: Table | null;
  readonly sampleWeights!: Table | null;
  readonly factors!: FitInfo["factors"];
  readonly warnings!: readonly string[];
  readonly methods!: string;
  readonly #engine: EnginePort;
  readonly #id: number;
  readonly #info: FitInfo;
  readonly #context: CellContext | null;

  constructor(engine: EnginePort, id: number, info: FitInfo, context: CellContext | null = null) {
    Object.assign(this, info);
    this.#engine = engine;
    this.#id = id;
    this.#info = info;
    this.#context = context;
  }

  [bind](context: CellContext): Fit {
    return new Fit(this.#engine, this.#id, this.#info, context);
  }

  toWire(): WireHandle {
    return { $: "fit", id: this.#id, info: null };
  }

  /**
   * Tests a contrast: `gene_id symbol baseMean log2FoldChange lfcSE stat pvalue padj reason`, its words in the
   * table's metadata.
   */
  async results(options: object = {}): Promise<Table> {
    return this.#engine.run(this.#context, "fitResults", this, options) as Promise<Table>;
  }
}

/** The stage's value of a fit's handle. */
export function reviveFit(handle: WireHandle, engine: EnginePort): Fit {
  return new Fit(engine, handle.id, decode(handle.info, () => null) as FitInfo);
}
