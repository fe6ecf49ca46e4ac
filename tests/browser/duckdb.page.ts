import { toPlain, type PlainError } from "../../src/base/errors.ts";
import type { Progress } from "../../src/base/progress.ts";
import { attachExperiment } from "../../src/engine/duckdb/attach-experiment.ts";
import { describeColumns, describeTables } from "../../src/engine/duckdb/describe.ts";
import { egressShim } from "../../src/engine/duckdb/egress-shim.ts";
import type { Parameter } from "../../src/engine/duckdb/literal.ts";
import { openDatabase, type Database } from "../../src/engine/duckdb/open-database.ts";
import {
  dictionary,
  factor,
  float64,
  int32,
  isTable,
  levelsOf,
  makeTable,
  rows,
  tableFromBytes,
  tableToBytes,
  tableToCsv,
  utf8,
  type Table,
} from "../../src/tables/index.ts";

/** What a query gave, in a form that crosses to the test. */
interface Answer {
  readonly types?: Record<string, string>;
  readonly rows?: Record<string, unknown>[];
  readonly numRows?: number;
  readonly batches?: number;
  readonly error?: PlainError;
  readonly ms: number;
}

const loads: string[] = [];

function open(): Database {
  return openDatabase({
    load: (name) => {
      loads.push(name);
      return fetch(name);
    },
  });
}

function openWith(load: (name: string) => Promise<Response>): Database {
  return openDatabase({ load });
}

/** A database whose worker can be made to fail, as one does that runs out of memory. */
function openKillable(): { database: Database; kill: () => void } {
  let worker: Worker;
  const database = openDatabase({
    load: (name) => fetch(name),
    spawn: (url) => (worker = new Worker(url)),
  });
  return {
    database,
    kill: () => worker.dispatchEvent(new ErrorEvent("error", { message: "out of memory" })),
  };
}

async function answer(work: () => Promise<unknown>): Promise<Answer> {
  const start = performance.now();
  try {
    const value = await work();
    const ms = performance.now() - start;
    if (!isTable(value))
      return { ms, rows: value === undefined ? [] : (value as Record<string, unknown>[]) };
    return { ms, ...shown(value) };
  } catch (error) {
    return { error: toPlain(error), ms: performance.now() - start };
  }
}

function shown(table: Table): Omit<Answer, "ms"> {
  const plain = (v: unknown): unknown => {
    if (typeof v === "bigint") return { bigint: String(v) };
    if (v instanceof Uint8Array) return [...v];
    if (typeof v === "object" && v !== null) {
      // An Arrow vector: iterated, for its arrays know no null.
      if ("toArray" in v) return Array.from(v as unknown as Iterable<unknown>, plain);
      if ("toJSON" in v && typeof v.toJSON === "function")
        return plain((v.toJSON as () => unknown)());
      if (!Array.isArray(v))
        return Object.fromEntries(Object.entries(v).map(([key, value]) => [key, plain(value)]));
    }
    return v;
  };
  return {
    types: Object.fromEntries(table.schema.fields.map((f) => [f.name, String(f.type)])),
    rows: rows(table.slice(0, 200)).map((row) => plain(row) as Record<string, unknown>),
    numRows: table.numRows,
    batches: table.batches.length,
  };
}

/** Whole numbers that any order of summation gives exactly. */
function synthetic(nGenes: number, nSamples: number, kind: "counts" | "abundance" = "counts") {
  const values =
    kind === "counts" ? new Int32Array(nGenes * nSamples) : new Float64Array(nGenes * nSamples);
  for (let i = 0; i < values.length; ++i) values[i] = (i * 7919) % 1009;
  const ids = Array.from({ length: nGenes }, (_, i) => `ENSG${String(i * 37).padStart(11, "0")}`);
  return {
    counts: { nGenes, nSamples, values },
    genes: makeTable([
      ["gene_id", utf8(ids)],
      ["symbol", utf8(ids.map((_, i) => (i % 10 === 3 ? null : `Gene${i}`)))],
    ]),
    samples: makeTable([
      ["sample_id", utf8(Array.from({ length: nSamples }, (_, i) => `sample ${i + 1}`))],
      [
        "hour",
        factor(
          Array.from({ length: nSamples }, (_, i) => ["h72", "h0", "h24"][i % 3]),
          ["h0", "h24", "h72"],
        ),
      ],
      [
        "age",
        float64(Float64Array.from({ length: nSamples }, (_, i) => (i === 0 ? NaN : 20 + i / 2))),
      ],
    ]),
  };
}

async function stopped(database: Database, sql: string, after: number): Promise<Answer> {
  const controller = new AbortController();
  const running = answer(() => database.query(sql, [], { signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve, after));
  const start = performance.now();
  controller.abort();
  const result = await running;
  return { ...result, ms: performance.now() - start };
}

const database = open();
const query = (sql: string, params?: Parameter[]): Promise<Answer> =>
  answer(() => database.query(sql, params));

const scratch = {
  database,
  loads,
  open,
  openWith,
  openKillable,
  egressShim,
  answer,
  query,
  stopped,
  synthetic,
  shown,
  attachExperiment,
  describeTables,
  describeColumns,
  make: {
    makeTable,
    utf8,
    int32,
    float64,
    factor,
    dictionary,
    levelsOf,
    tableFromBytes,
    tableToBytes,
    tableToCsv,
  },
  progress: [] as Progress[],
};

export type Scratch = typeof scratch;
Object.assign(globalThis, { scratch, duck: scratch });
