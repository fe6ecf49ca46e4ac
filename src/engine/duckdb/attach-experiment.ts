import { argumentError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import {
  columnNames,
  fixedLists,
  int32,
  makeTable,
  strings,
  tableToBytes,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { loadTable } from "./load-table.ts";
import type { Database, LazyTable } from "./open-database.ts";
import { quoteName, quoteText } from "./quote.ts";
import type { Session } from "./session.ts";

/** What is attached of an experiment: counts gene-major, `values[g * nSamples + s]`, and its two tables with keys gene_id and sample_id. */
export interface AttachedExperiment {
  readonly counts: {
    readonly nGenes: number;
    readonly nSamples: number;
    readonly values: Int32Array | Float64Array;
  };
  readonly genes: Table;
  readonly samples: Table;
}

const taken = new Set(["main", "temp", "system", "memory", "information_schema", "pg_catalog"]);
/** Values of one batch on its way into `counts`: 4 MB of int32. */
const batchValues = 1 << 20;

let nextMarker = 1;

/**
 * Attaches an experiment as the schema `name`: `genes` (gene_index, 0-based in row order, then the gene columns), `samples`, and
 * `counts` (gene_index int, gene_id and sample_id ENUM in their tables' order, count; one row for every value, sorted by
 * gene_index and then sample), which is made when a query first reads it. Filter `counts` by gene_index where speed
 * matters: rows are sorted by it (2 to 9 ms), while gene_id scans.
 */
export async function attachExperiment(
  database: Database,
  name: string,
  experiment: AttachedExperiment,
  options: CallOptions = {},
): Promise<void> {
  const schemaName = quoteName(name);
  if (taken.has(name.toLowerCase()))
    throw argumentError(`SQL keeps this name for itself: ${name}`, {
      help: "Give the experiment another name in DuckDBClient.of.",
    });
  const { counts, genes, samples } = experiment;
  if (genes.numRows !== counts.nGenes || samples.numRows !== counts.nSamples)
    throw argumentError(
      `counts are ${counts.nGenes} x ${counts.nSamples}, the tables ${genes.numRows} x ${samples.numRows}: ${name}`,
    );
  await database.attach(
    name,
    async (session, options) => {
      const schema = `${session.catalog}.${schemaName}`;
      const { signal } = options;
      await session.run(`CREATE SCHEMA ${schema}`, signal);
      try {
        const label = `attaching ${name}`;
        await loadTable(session, `${schema}.genes`, withIndex(genes), { ...options, label });
        await loadTable(session, `${schema}.samples`, samples, { ...options, label });
        await makeIdType(session, schema, "gene_id", genes, signal);
        await makeIdType(session, schema, "sample_id", samples, signal);
        return [await placeholder(session, schema, name, experiment)];
      } catch (error) {
        await session.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
        throw error;
      }
    },
    options,
  );
}

function withIndex(genes: Table): Table {
  const columns: [string, Column][] = [
    ["gene_index", int32(Int32Array.from({ length: genes.numRows }, (_, i) => i))],
  ];
  columnNames(genes).forEach((name, j) => {
    if (name.toLowerCase() !== "gene_index") columns.push([name, genes.getChildAt(j)! as Column]);
  });
  return makeTable(columns);
}

/** The ENUM of an id column, in row order; an experiment without rows has the one level "". */
async function makeIdType(
  session: Session,
  schema: string,
  key: "gene_id" | "sample_id",
  table: Table,
  signal?: AbortSignal,
): Promise<void> {
  if (table.numRows === 0) {
    await session.run(`CREATE TYPE ${schema}.${key} AS ENUM ('')`, signal);
    return;
  }
  const staging = session.stagingName();
  const position = int32(Int32Array.from({ length: table.numRows }, (_, i) => i));
  const ids = makeTable([
    ["position", position],
    ["id", utf8(strings(table, key))],
  ]);
  await session.insertBytes(staging, tableToBytes(ids), true);
  try {
    await session.run(
      `CREATE TYPE ${schema}.${key} AS ENUM (SELECT id FROM ${staging} ORDER BY position)`,
      signal,
    );
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${staging}`);
  }
}

function valueType({ counts }: AttachedExperiment): string {
  return counts.values instanceof Int32Array ? "INTEGER" : "DOUBLE";
}

/** A view with the columns of `counts` that fails, with a marker, as soon as a row of it is wanted. */
async function placeholder(
  session: Session,
  schema: string,
  name: string,
  experiment: AttachedExperiment,
): Promise<LazyTable> {
  const marker = `engrailed makes counts when they are first read ${nextMarker++}.`;
  const fail = `error(${quoteText(marker)})`;
  const { nSamples } = experiment.counts;
  await session.run(
    `CREATE VIEW ${schema}.counts AS SELECT gene_index, gene_id::VARCHAR::${schema}.gene_id AS gene_id, ` +
      `${fail}::VARCHAR::${schema}.sample_id AS sample_id, ${fail}::VARCHAR::${valueType(experiment)} AS count ` +
      `FROM ${schema}.genes WHERE ${nSamples === 0 ? "false" : `${fail}::VARCHAR::BOOLEAN`}`,
  );
  return {
    name: "counts",
    marker,
    make: (session, options) => makeCounts(session, schema, name, experiment, options),
  };
}

async function makeCounts(
  session: Session,
  schema: string,
  name: string,
  experiment: AttachedExperiment,
  { signal, onProgress }: CallOptions,
): Promise<void> {
  const { nGenes, nSamples, values } = experiment.counts;
  const making = `${schema}."engrailed counts"`;
  const label = `making ${name}.counts`;
  const ids = strings(experiment.genes, "gene_id");
  const block = Math.max(1, Math.floor(batchValues / Math.max(1, nSamples)));
  try {
    await session.run(
      `CREATE OR REPLACE TABLE ${making} (gene_index INTEGER, gene_id ${schema}.gene_id, sample_id ${schema}.sample_id, count ${valueType(experiment)})`,
      signal,
    );
    const sampleIds = `(SELECT list(id::${schema}.sample_id) FROM (SELECT unnest(enum_range(NULL::${schema}.sample_id)) AS id))`;
    const end = nSamples > 0 ? nGenes : 0;
    for (let from = 0; from < end; from += block) {
      throwIfAborted(signal);
      onProgress?.({ label, done: from, total: nGenes });
      const to = Math.min(nGenes, from + block);
      const part = makeTable([
        ["gene_index", int32(Int32Array.from({ length: to - from }, (_, i) => from + i))],
        ["gene_id", utf8(ids.slice(from, to))],
        ["counts", fixedLists(values.subarray(from * nSamples, to * nSamples), nSamples)],
      ]);
      const staging = session.stagingName();
      try {
        await session.insertBytes(staging, tableToBytes(part), true);
        await session.run(
          `INSERT INTO ${making} SELECT gene_index, gene_id, unnest(${sampleIds}) AS sample_id, ` +
            `unnest(counts::${valueType(experiment)}[]) AS count FROM ` +
            `(SELECT gene_index, gene_id::${schema}.gene_id AS gene_id, counts FROM ${staging})`,
          signal,
        );
      } finally {
        await session.run(`DROP TABLE IF EXISTS ${staging}`);
      }
    }
    await session.run(`DROP VIEW IF EXISTS ${schema}.counts`);
    await session.run(`ALTER TABLE ${making} RENAME TO counts`);
    onProgress?.({ label, done: nGenes, total: nGenes });
  } catch (error) {
    await session.run(`DROP TABLE IF EXISTS ${making}`);
    throw error;
  }
}
