import * as duckdb from "@duckdb/duckdb-wasm";
import Papa from "papaparse";

/**
 * Reads a gzipped table of counts with what others would take: DuckDB-WASM's read_csv into a table, and papaparse into one
 * typed array. Each starts with the file's bytes in memory; libraries are loaded before.
 */
const connected = start();

Object.assign(globalThis, {
  async compare(url: string) {
    const database = await connected;
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const copy = bytes.slice();
    const first = performance.now();
    const counts = await withPapa(copy);
    const papa = performance.now() - first;
    const second = performance.now();
    await database.registerFileBuffer("counts.tsv.gz", bytes);
    const connection = await database.connect();
    await connection.query(
      `CREATE OR REPLACE TABLE counts AS SELECT * FROM read_csv('counts.tsv.gz', delim='\t', header=true)`,
    );
    const duck = performance.now() - second;
    const rows = Number(
      (await connection.query("SELECT count(*)::INT AS n FROM counts")).get(0)!.n,
    );
    await connection.close();
    await database.dropFile("counts.tsv.gz");
    return { papa, duck, rows, values: counts.length };
  },
});

async function start(): Promise<duckdb.AsyncDuckDB> {
  const worker = new Worker(new URL("../duckdb/duckdb-browser-eh.worker.js", location.href));
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  const packed = await fetch(new URL("../duckdb/duckdb-eh.wasm.gz", location.href));
  const wasm = await new Response(
    packed.body!.pipeThrough(new DecompressionStream("gzip")),
  ).arrayBuffer();
  const url = URL.createObjectURL(new Blob([wasm], { type: "application/wasm" }));
  await database.instantiate(url);
  return database;
}

async function withPapa(bytes: Uint8Array<ArrayBuffer>): Promise<Int32Array> {
  const text = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
  const { data } = Papa.parse<string[]>(text, { delimiter: "\t", skipEmptyLines: true });
  const width = data[0].length - 1;
  const counts = new Int32Array((data.length - 1) * width);
  for (let i = 1, at = 0; i < data.length; ++i)
    for (let j = 1; j <= width; ++j) counts[at++] = Number(data[i][j]);
  return counts;
}
