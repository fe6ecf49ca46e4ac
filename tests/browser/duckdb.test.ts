import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { duckdbFiles, openScratch, type ScratchPage } from "../support/bundle.ts";
import type { Scratch } from "./duckdb.page.ts";

let scratch: ScratchPage;
let foreign: Server;
let foreignUrl: string;
const foreignRequests: string[] = [];

/** What the page puts on its global object. */
declare const duck: Scratch;

beforeAll(async () => {
  foreign = createServer((request, response) => {
    foreignRequests.push(request.url ?? "");
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("a,b\n1,2\n");
  });
  await new Promise<void>((done) => foreign.listen(0, "127.0.0.1", done));
  foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  // Without a content policy that would refuse foreign requests by itself: the shim has to.
  scratch = await openScratch("duckdb", "tests/browser/duckdb.page.ts", {
    files: await duckdbFiles(),
    connect: "'self' blob: http: https:",
  });
  await scratch.page.evaluate(async () => {
    const { database, attachExperiment, synthetic } = duck;
    await attachExperiment(database, "lab", synthetic(2000, 500));
  });
});

afterAll(async () => {
  await scratch?.close();
  await new Promise((done) => foreign?.close(done));
});

type Value = null | boolean | number | string;
type Params = (Value | Value[])[];
const query = (sql: string, params?: Params) =>
  scratch.page.evaluate(([sql, params]) => duck.query(sql, params), [sql, params] as const);
const value = async (sql: string, params?: Params): Promise<unknown> => {
  const { rows, error } = await query(sql, params);
  if (error) throw new Error(`${error.message}: ${sql}`);
  return Object.values(rows![0])[0];
};
const failure = async (sql: string, params?: Params) => {
  const { error } = await query(sql, params);
  if (!error) throw new Error(`did not fail: ${sql}`);
  return error;
};

describe("starting", () => {
  it("loads nothing until a query asks", async () => {
    const before = await scratch.page.evaluate(() => ({
      loads: [...duck.loads],
      started: duck.database.started,
    }));
    expect(before).toEqual({ loads: [], started: false });
    expect(await scratch.page.evaluate(() => duck.database.memory())).toBe(0);
    expect(await value("SELECT 1")).toBe(1);
    expect(await scratch.page.evaluate(() => duck.loads)).toEqual([
      "duckdb-browser-eh.worker.js",
      "duckdb-eh.wasm.gz",
    ]);
    expect(await value("SELECT library_version FROM pragma_version()")).toBe("v1.4.3");
  });

  it("says what is missing or damaged, and can start afterwards", async () => {
    const messages = await scratch.page.evaluate(async () => {
      const { open, answer, openWith } = duck;
      const absent = openWith(() => Promise.resolve(new Response("", { status: 404 })));
      const foreign = openWith((name) =>
        name.endsWith(".gz") ? Promise.resolve(new Response("<html>")) : fetch(name),
      );
      const short = openWith(async (name) => {
        const bytes = await (await fetch(name)).arrayBuffer();
        return new Response(name.endsWith(".gz") ? bytes.slice(0, 100_000) : bytes);
      });
      const out = [];
      for (const database of [absent, foreign, short, open()])
        out.push((await answer(() => database.query("SELECT 1"))).error?.message);
      return out;
    });
    expect(messages).toEqual([
      "SQL can't start: duckdb-browser-eh.worker.js could not be loaded (404)",
      "SQL can't start: duckdb-eh.wasm.gz is not the file it should be",
      "SQL can't start: duckdb-eh.wasm.gz is damaged or cut short",
      undefined,
    ]);
  });
});

describe("types", () => {
  it.each([
    ["1::TINYINT", "Int32", 1],
    ["4000000000::UINTEGER", "Float64", 4e9],
    ["9007199254740993::BIGINT", "Float64", 9007199254740992],
    ["(-5)::BIGINT", "Float64", -5],
    ["18446744073709551615::UBIGINT", "Float64", 18446744073709552000],
    ["sum(2)", "Float64", 2],
    ["(-170141183460469231731687303715884105727)::HUGEINT", "Float64", -1.7014118346046923e38],
    ["67.5::DECIMAL(4,1)", "Float64", 67.5],
    ["(-67.5)::DECIMAL(38,1)", "Float64", -67.5],
    ["0.1::DECIMAL(18,17)", "Float64", 0.1],
    ["1.5::FLOAT", "Float64", 1.5],
    ["'NaN'::DOUBLE", "Float64", null],
    ["NULL", "Int32", null],
    ["DATE '1960-01-02'", "Date32<DAY>", Date.UTC(1960, 0, 2)],
    [
      "TIMESTAMP '1960-01-02 03:04:05.678'",
      "Timestamp<MILLISECOND>",
      Date.UTC(1960, 0, 2, 3, 4, 5, 678),
    ],
    [
      "TIMESTAMP_NS '2020-01-02 03:04:05.123456789'",
      "Timestamp<MILLISECOND>",
      Date.UTC(2020, 0, 2, 3, 4, 5, 123),
    ],
    ["TIMESTAMP 'infinity'", "Timestamp<MILLISECOND>", null],
    ["TIME '01:02:03.5'", "Utf8", "01:02:03.5"],
    ["INTERVAL '1 month 2 days 3 seconds'", "Utf8", "1 month 2 days 00:00:03"],
    ["[1::BIGINT, NULL]", "List<Float64>", [1, null]],
    ["[1.5::DECIMAL(3,1)]", "List<Float64>", [1.5]],
    [
      "{a: 1::BIGINT, b: 'x', c: [2::HUGEINT]}",
      "Struct<{a:Float64, b:Utf8, c:List<Float64>}>",
      { a: 1, b: "x", c: [2] },
    ],
    ["'it''s'::ENUM('x, ''y', 'it''s', ')')", "Dictionary<Int32, Utf8>", "it's"],
    ["['a'::ENUM('b', 'a')]", "List<Utf8>", ["a"]],
    ["MAP {'a': 1::BIGINT}", "Utf8", '{"a":1}'],
    ["'ab'::BLOB", "Binary", [97, 98]],
    ["true", "Bool", true],
  ])("%s", async (sql, type, expected) => {
    const { types, rows, batches } = await query(`SELECT ${sql} AS x`);
    expect(types).toEqual({ x: type });
    expect(rows).toEqual([{ x: expected }]);
    expect(batches).toBe(1);
  });

  it("keeps an ENUM's levels and their order", async () => {
    const levels = await scratch.page.evaluate(async () => {
      const table = await duck.database.query(
        "SELECT w::ENUM('low', 'mid', 'high') AS e FROM (VALUES ('low'), (NULL), ('high')) t(w) ORDER BY e DESC NULLS LAST",
      );
      const { levels, codes } = duck.make.levelsOf(table, "e");
      return { levels, codes: [...codes] };
    });
    expect(levels).toEqual({ levels: ["low", "mid", "high"], codes: [2, 0, -1] });
  });

  it("numbers a second column of the same name, and reads a million rows as one batch", async () => {
    expect((await query("SELECT 1 AS a, 2 AS a")).rows).toEqual([{ a: 1, a_1: 2 }]);
    const big = await query(
      "SELECT i, i % 7 = 0 AS b, 'x' || (i % 100) AS s, nullif(i % 3, 0)::INTEGER AS m FROM range(1000000) t(i)",
    );
    expect(big.numRows).toBe(1_000_000);
    expect(big.batches).toBe(1);
    expect(big.rows!.slice(6, 8)).toEqual([
      { i: 6, b: false, s: "x6", m: null },
      { i: 7, b: true, s: "x7", m: 1 },
    ]);
  });
});

describe("parameters", () => {
  it("writes every type", async () => {
    const { rows, types } = await scratch.page.evaluate(() =>
      duck.query("SELECT ? a, ? b, ? c, ? d, ? e, ? f, ? g, ? h", [
        null,
        true,
        0.1,
        "it's é\0; --",
        new Date(Date.UTC(2020, 0, 2, 3, 4, 5, 678)),
        -3,
        NaN,
        12345678901,
      ]),
    );
    expect(rows).toEqual([
      {
        a: null,
        b: true,
        c: 0.1,
        d: "it's é\0; --",
        e: Date.UTC(2020, 0, 2, 3, 4, 5, 678),
        f: -3,
        g: null,
        h: 12345678901,
      },
    ]);
    expect(types).toMatchObject({ c: "Float64", e: "Timestamp<MILLISECOND>", f: "Int32" });
  });

  it("finds placeholders where DuckDB does", async () => {
    expect(
      (
        await query(
          'SELECT $2 - $1 AS x, \'?\' AS q /* ? /* ? */ */ -- ?\n, $$ ? $$ AS z, "x?" FROM (SELECT 1 AS "x?")',
          [1, -2],
        )
      ).rows,
    ).toEqual([{ x: -3, q: "?", z: " ? ", "x?": 1 }]);
    expect(await value("SELECT 5-?", [-3])).toBe(8);
  });

  it("takes lists after IN, and as lists", async () => {
    const genes = ["ENSG00000000037", "ENSG00000000000", "nope"];
    expect(await value("SELECT count(*) FROM lab.genes WHERE gene_id IN (?)", [genes])).toBe(2);
    expect(await value("SELECT count(*) FROM lab.genes WHERE gene_id IN ?", [genes])).toBe(2);
    expect(await value("SELECT count(*) FROM lab.genes WHERE gene_id NOT IN (?)", [[]])).toBe(2000);
    expect(await value("SELECT count(*) FROM lab.genes WHERE gene_index IN (?)", [[]])).toBe(0);
    expect(await value("SELECT list_contains(?, 3)", [[1, 2, 3]])).toBe(true);
    expect(await value("SELECT len(?)", [[]])).toBe(0);
    const many = Array.from(
      { length: 20_000 },
      (_, i) => `ENSG${String(i * 37).padStart(11, "0")}`,
    );
    expect(await value("SELECT count(*) FROM lab.genes WHERE gene_id IN (?)", [many])).toBe(2000);
    expect(await value("SELECT len(?)", [many])).toBe(20_000);
    expect(await value("SELECT length(?)", ["é'".repeat(60_000)])).toBe(120_000);
  });

  it("counts them, and refuses what is no parameter", async () => {
    expect((await failure("SELECT ? + ?", [1])).message).toBe(
      "query: 1 parameter for at least 2 placeholders: ?",
    );
    expect((await failure("SELECT 1", [1])).message).toBe(
      "query: more parameters than placeholders: 1 for 0",
    );
    expect((await failure("SELECT ?", [{ a: 1 } as never])).message).toMatch(
      /can't be a parameter: an object/,
    );
  });
});

describe("errors", () => {
  it.each([
    ["SELEC 1", 'syntax error at or near "SELEC"', 1, 1],
    [
      "SELECT 'é',\n  nope\nFROM lab.genes",
      'referenced column "nope" not found in FROM clause!',
      2,
      3,
    ],
    [
      "SELECT 1;\n\nSELECT é FROM lab.genes",
      'referenced column "é" not found in FROM clause!',
      3,
      8,
    ],
    ["SELECT * FROM lab.gene", "table with name gene does not exist!", 1, 15],
    ["SELECT error('boo')", "boo", undefined, undefined],
    ["'unterminated", 'unterminated quoted string at or near "\'unterminated"', 1, 1],
  ])("%s", async (sql, message, line, column) => {
    const error = await failure(sql);
    expect(error).toMatchObject({ name: "QueryError", message });
    expect(error.details).toMatchObject({ sql });
    expect(error.details!.line).toBe(line);
    expect(error.details!.column).toBe(column);
  });

  it("refuses an empty and a much too long text", async () => {
    for (const sql of ["", "  ;; "])
      expect((await failure(sql)).message).toBe("the query is empty: no statement");
    const error = await failure(`SELECT '${"x".repeat(120_000)}'`);
    expect(error.message).toBe("sql is too long: 120,009 bytes");
    expect(error.details!.help).toContain("DuckDBClient.of");
  });

  it("leaves a failed transaction behind", async () => {
    await query("BEGIN; CREATE TABLE half AS SELECT 1 AS a");
    await failure("SELECT error('boo')");
    expect((await failure("SELECT 1")).message).toMatch(/transaction failed/);
    expect(await value("SELECT 1")).toBe(1);
    expect((await failure("FROM half")).message).toMatch(/does not exist/);
  });

  it("runs each statement of a script once", async () => {
    const { rows } = await query(
      "CREATE TABLE once (a INT); INSERT INTO once VALUES (1); INSERT INTO once VALUES (2) -- ;\n; FROM once",
    );
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
    await query("INSERT INTO once SELECT 3 RETURNING 'x'::ENUM('x') AS e");
    expect(await value("SELECT count(*) FROM once")).toBe(3);
  });
});

describe("stopping", () => {
  it.each([
    "SELECT count(*) FROM range(100000) a, range(100000) b WHERE (a.range * b.range) % 7 = 3",
    "SELECT a.range FROM range(100000) a, range(100000) b WHERE (a.range * b.range) % 7 = 3",
    "CREATE TABLE stopped AS SELECT a.range FROM range(100000) a, range(100000) b WHERE (a.range * b.range) % 7 = 3",
  ])("answers at once and frees the database: %s", async (sql) => {
    const { stop, after } = await scratch.page.evaluate(async (sql) => {
      const { stopped, database, query } = duck;
      const stop = await stopped(database, sql, 300);
      return { stop, after: await query("SELECT 1 AS x") };
    }, sql);
    expect(stop.error).toMatchObject({ name: "AbortError" });
    expect(stop.ms).toBeLessThan(200);
    expect(after.rows).toEqual([{ x: 1 }]);
    // Generous where the machine is busy; alone it is 10 to 60 ms.
    expect(after.ms).toBeLessThan(2000);
  });

  it("drops a query that waits, and keeps the order of the others", async () => {
    const results = await scratch.page.evaluate(async () => {
      const { database, answer } = duck;
      const controller = new AbortController();
      const order: number[] = [];
      const ask = (k: number, signal?: AbortSignal) =>
        answer(() => database.query("SELECT count(*) FROM range(3000000)", [], { signal })).then(
          (result) => {
            order.push(k);
            return result.error?.name;
          },
        );
      const all = [ask(1), ask(2, controller.signal), ask(3)];
      controller.abort();
      return { errors: await Promise.all(all), order };
    });
    expect(results.errors).toEqual([undefined, "AbortError", undefined]);
    expect(results.order).toEqual([2, 1, 3]);
  });
});

describe("an experiment as a schema", () => {
  it("describes counts before they are made", async () => {
    const { tables, columns } = await scratch.page.evaluate(async () => {
      const { database, describeTables, describeColumns } = duck;
      const tables = await describeTables(database);
      return { tables, columns: await describeColumns(database, { table: "lab.counts" }) };
    });
    expect(tables.filter(({ schema }) => schema === "lab")).toEqual([
      { name: "lab.counts", schema: "lab" },
      { name: "lab.genes", schema: "lab" },
      { name: "lab.samples", schema: "lab" },
    ]);
    expect(columns).toEqual([
      { name: "gene_index", type: "integer", nullable: true, databaseType: "INTEGER" },
      { name: "gene_id", type: "string", nullable: true, databaseType: "ENUM" },
      { name: "sample_id", type: "string", nullable: true, databaseType: "ENUM" },
      { name: "count", type: "integer", nullable: true, databaseType: "INTEGER" },
    ]);
    expect((await query("FROM lab.genes LIMIT 1")).rows).toEqual([
      { gene_index: 0, gene_id: "ENSG00000000000", symbol: "Gene0" },
    ]);
    expect((await query("FROM lab.samples ORDER BY hour DESC, sample_id LIMIT 1")).rows).toEqual([
      { sample_id: "sample 1", hour: "h72", age: null },
    ]);
  });

  it("makes a million counts when they are first read", async () => {
    // Value of gene g and sample s is ((g * 500 + s) * 7919) % 1009.
    let sum = 0;
    for (let i = 0; i < 1_000_000; ++i) sum += (i * 7919) % 1009;
    const { rows } = await query(
      "SELECT count(*) AS n, sum(count) AS total, sum(count) FILTER (gene_index = 1234) AS one FROM lab.counts",
    );
    let one = 0;
    for (let i = 1234 * 500; i < 1235 * 500; ++i) one += (i * 7919) % 1009;
    expect(rows).toEqual([{ n: 1_000_000, total: sum, one }]);
    expect((await query("FROM lab.counts LIMIT 2 OFFSET 617000")).rows).toEqual([
      {
        gene_index: 1234,
        gene_id: "ENSG00000045658",
        sample_id: "sample 1",
        count: (617000 * 7919) % 1009,
      },
      {
        gene_index: 1234,
        gene_id: "ENSG00000045658",
        sample_id: "sample 2",
        count: (617001 * 7919) % 1009,
      },
    ]);
    expect(
      await value(
        "SELECT count(*) FROM (SELECT gene_index < lag(gene_index) OVER () AS back FROM lab.counts) WHERE back",
      ),
    ).toBe(0);
  });

  it("joins to genes and samples by id", async () => {
    const { rows } = await query(
      `SELECT hour, count(*) AS n, avg(count) AS mean FROM lab.counts JOIN lab.samples USING (sample_id)
       JOIN lab.genes USING (gene_id) WHERE genes.gene_index < 10 GROUP BY hour ORDER BY hour`,
    );
    expect(rows!.map(({ hour, n }) => [hour, n])).toEqual([
      ["h0", 1670],
      ["h24", 1660],
      ["h72", 1670],
    ]);
  });

  it("stops making them, and makes them later", async () => {
    const result = await scratch.page.evaluate(async () => {
      const { database, attachExperiment, synthetic, answer } = duck;
      const client = database.sibling();
      await attachExperiment(client, "big", synthetic(8000, 500));
      await client.query("SELECT 1");
      const controller = new AbortController();
      const seen: string[] = [];
      const stop = await answer(() =>
        client.query("SELECT count(*) AS n FROM big.counts", [], {
          signal: controller.signal,
          onProgress: ({ label, done, total }) => {
            seen.push(`${label} ${total}`);
            if (done > 0) controller.abort();
          },
        }),
      );
      const after = await answer(() => client.query("SELECT count(*) AS n FROM big.counts"));
      await client.close();
      return { stop, after, seen: seen[0] };
    });
    expect(result.stop.error).toMatchObject({ name: "AbortError" });
    expect(result.seen).toBe("making big.counts 8000");
    expect(result.after.rows).toEqual([{ n: 4_000_000 }]);
  });

  it.each([
    [0, 0],
    [5, 0],
    [0, 5],
    [1, 1],
  ])("takes %i genes x %i samples", async (genes, samples) => {
    const name = `tiny ${genes} ${samples}`;
    await scratch.page.evaluate(
      ([name, genes, samples]) =>
        duck.attachExperiment(duck.database, name, duck.synthetic(genes, samples, "abundance")),
      [name, genes, samples] as const,
    );
    const { types, numRows } = await query(`FROM "${name}".counts`);
    expect(numRows).toBe(genes * samples);
    expect(types).toMatchObject({ gene_index: "Int32", count: "Float64" });
    expect(await value(`SELECT count(*) FROM "${name}".genes`)).toBe(genes);
    expect(await value(`SELECT count(*) FROM "${name}".samples`)).toBe(samples);
  });
});

describe("names and tables", () => {
  it.each(["a b", "select", "é✓", "it's", 'q"q', "x".repeat(400), "A.B", "; DROP TABLE t; --"])(
    "attaches a table named %j",
    async (name) => {
      await scratch.page.evaluate((name) => {
        const { database, make } = duck;
        return database.insert(
          name,
          make.makeTable([
            ["v", make.int32([1, null])],
            ['q"c', make.utf8(["a", null])],
            ["level", make.factor(["u", null], ["z", "u"])],
          ]),
        );
      }, name);
      const { rows } = await query(`FROM "${name.replaceAll('"', '""')}"`);
      expect(rows).toEqual([
        { v: 1, 'q"c': "a", level: "u" },
        { v: null, 'q"c': null, level: null },
      ]);
    },
  );

  it("refuses other names and tables clearly", async () => {
    const messages = await scratch.page.evaluate(async () => {
      const { database, make, answer, attachExperiment, synthetic } = duck;
      const table = make.makeTable([["v", make.int32([1])]]);
      const twice = make.makeTable([
        ["v", make.int32([1])],
        ["V", make.int32([1])],
      ]);
      const out = [];
      for (const name of ["", "a\0b", "\ud800", "y".repeat(501), "LAB"])
        out.push((await answer(() => database.insert(name, table))).error?.message);
      out.push((await answer(() => database.insert("twice", twice))).error?.message);
      out.push((await answer(() => database.insert("none", make.makeTable([])))).error?.message);
      out.push(
        (await answer(() => attachExperiment(database, "main", synthetic(1, 1)))).error?.message,
      );
      return out;
    });
    expect(messages).toEqual([
      'not a name: ""',
      'name has a character that SQL can\'t hold: "a\\u0000b"',
      'name has a character that SQL can\'t hold: "\\ud800"',
      `name is too long: ${"y".repeat(40)}… (501 characters)`,
      "a table of this name is attached already: LAB",
      "two columns have one name in SQL: v and V",
      expect.stringMatching(/without columns/),
      "SQL keeps this name for itself: main",
    ]);
  });

  it("puts in a table in batches, as it was", async () => {
    const { rows } = await scratch.page.evaluate(async () => {
      const { database, make, query } = duck;
      const n = 1_500_000;
      await database.insert(
        "long",
        make.makeTable([
          ["i", make.int32(Int32Array.from({ length: n }, (_, i) => i))],
          [
            "half",
            make.float64(Float64Array.from({ length: n }, (_, i) => (i % 10 === 0 ? NaN : i / 2))),
          ],
          [
            "word",
            make.utf8(Array.from({ length: n }, (_, i) => (i % 4 === 0 ? null : `w${i % 1000}`))),
          ],
        ]),
      );
      return query(
        "SELECT count(*) AS n, count(half) AS halves, count(word) AS words, count(*) FILTER (half <> i / 2) AS wrong, count(*) FILTER (word <> 'w' || (i % 1000)) AS odd FROM long",
      );
    });
    expect(rows).toEqual([{ n: 1_500_000, halves: 1_350_000, words: 1_125_000, wrong: 0, odd: 0 }]);
  });

  it("keeps clients apart, and works for both at a time", async () => {
    const result = await scratch.page.evaluate(async () => {
      const { database, answer, query } = duck;
      const other = database.sibling();
      const foreign = await answer(() => other.query("FROM lab.genes"));
      await other.exec("CREATE TABLE mine AS SELECT 7 AS a; SET VARIABLE v = 3");
      const [here, there] = await Promise.all([
        query("SELECT count(*) AS n FROM range(20000000) t(i) WHERE i % 5 = 1"),
        answer(() => other.query("SELECT a + getvariable('v') AS n FROM mine")),
      ]);
      const mine = await query("FROM mine");
      await other.close();
      return { foreign, here, there, mine, closed: await answer(() => other.query("SELECT 1")) };
    });
    expect(result.foreign.error!.message).toMatch(/genes does not exist/);
    expect(result.here.rows).toEqual([{ n: 4_000_000 }]);
    expect(result.there.rows).toEqual([{ n: 10 }]);
    expect(result.mine.error!.message).toMatch(/mine does not exist/);
    expect(result.closed.error!.message).toMatch(/closed/);
  });
});

describe("the way out", () => {
  const statements = (url: string): string[] => [
    `SELECT * FROM read_csv('${url}/x?d=secret')`,
    `SELECT * FROM '${url}/x.csv'`,
    `SELECT * FROM read_text('${url}/x')`,
    `SELECT * FROM read_blob('${url}/x')`,
    `SELECT * FROM sniff_csv('${url}/x')`,
    `SELECT * FROM glob('${url}/*')`,
    `SELECT * FROM read_parquet('${url}/x.parquet')`,
    `SELECT * FROM read_json('${url}/x.json')`,
    `COPY (SELECT 1) TO '${url}/x.csv'`,
    `COPY lab.genes TO 's3://bucket/x.csv'`,
    `COPY t FROM '${url}/x.csv'`,
    `ATTACH '${url}/x.db'`,
    `ATTACH '${url}/x.db' AS y (READ_ONLY)`,
    `EXPORT DATABASE '${url}/x'`,
    `IMPORT DATABASE '${url}/x'`,
    `INSTALL httpfs`,
    `INSTALL httpfs FROM '${url}'`,
    `FORCE INSTALL httpfs FROM '${url}'`,
    `LOAD httpfs`,
    `LOAD '${url}/x.duckdb_extension.wasm'`,
    `UPDATE EXTENSIONS`,
    `SET custom_extension_repository = '${url}'`,
    `SET autoload_known_extensions = true`,
    `SET enable_external_access = true`,
    `SET lock_configuration = false`,
    `RESET enable_external_access`,
    `SET TimeZone = 'UTC'`,
    `SET profiling_output = '${url}/x'`,
    `PRAGMA profile_output = '${url}/x'`,
    `PRAGMA enable_profiling = 'json'`,
    `SET temp_directory = '${url}/x'`,
    `SET http_proxy = '${url}'`,
    `CALL enable_logging(storage = 'file', storage_path = '${url}/x')`,
    `CREATE SECRET s (TYPE s3, ENDPOINT '${url}')`,
    `CREATE PERSISTENT SECRET s (TYPE http)`,
    `SELECT current_date`,
    `SELECT '{}'::JSON`,
    `SELECT * FROM 'local.csv'`,
    `COPY (SELECT 1) TO 'opfs://x.csv'`,
    `ATTACH 'opfs://x.db'`,
  ];

  it("is closed to every statement: each an error, none a request", async () => {
    const before = scratch.requests.length;
    for (const sql of statements(foreignUrl)) {
      const error = await failure(sql);
      expect(error.name, sql).toBe("QueryError");
      expect(error.message, sql).toMatch(/^[a-zS'][^\n]*$/);
    }
    // The page's own server hears nothing either.
    const own = new URL(scratch.url).origin;
    for (const sql of statements(own)) await failure(sql);
    expect(foreignRequests).toEqual([]);
    expect(scratch.requests.slice(before)).toEqual([]);
    expect(await value("SELECT 1")).toBe(1);
  });

  it("is closed by the shim alone, should DuckDB's own lock fail", async () => {
    const before = scratch.requests.length;
    const results = await scratch.page.evaluate(async (foreignUrl) => {
      const { egressShim } = duck;
      const probe = `
        const tries = {
          fetch: () => fetch(url + "/f"),
          request: () => fetch(new Request(url + "/r")),
          xhr: () => { const x = new XMLHttpRequest(); x.open("GET", url + "/x", false); x.send(); },
          socket: () => new WebSocket(url.replace("http", "ws") + "/w"),
          events: () => new EventSource(url + "/e"),
          script: () => importScripts(url + "/s.js"),
          worker: () => new Worker(url + "/k.js"),
          blobWorker: () => new Worker(URL.createObjectURL(new Blob(["fetch('" + url + "/b')"]))),
          transport: () => new WebTransport(url.replace("http:", "https:") + "/t"),
          again: () => { delete globalThis.fetch; return fetch(url + "/again"); },
          prototype: () => { delete globalThis.XMLHttpRequest; const x = new XMLHttpRequest(); x.open("GET", url); x.send(); },
          storage: () => navigator.storage.getDirectory(),
          database: () => indexedDB.open("x"),
          cache: () => caches.open("x"),
        };
        onmessage = async ({ data }) => {
          url = data;
          const out = {};
          for (const [name, attempt] of Object.entries(tries)) {
            try { await attempt(); out[name] = "got through"; } catch (error) { out[name] = String(error.message); }
          }
          postMessage(out);
        };
        let url;`;
      const worker = new Worker(URL.createObjectURL(new Blob([egressShim, probe])));
      const out = await new Promise<Record<string, string>>((resolve) => {
        worker.addEventListener("message", ({ data }) => resolve(data as Record<string, string>));
        worker.postMessage(foreignUrl);
      });
      worker.terminate();
      return out;
    }, foreignUrl);
    for (const [name, message] of Object.entries(results))
      expect(message, name).not.toBe("got through");
    for (const name of [
      "fetch",
      "request",
      "xhr",
      "socket",
      "events",
      "script",
      "worker",
      "blobWorker",
      "again",
      "prototype",
    ])
      expect(results[name], name).toMatch(/^SQL can't reach the network/);
    expect(foreignRequests).toEqual([]);
    expect(scratch.requests.slice(before)).toEqual([]);
  });
});

describe("when its worker dies", () => {
  it("says so and starts anew with what was attached", async () => {
    const result = await scratch.page.evaluate(async () => {
      const { openKillable, make, answer } = duck;
      const { database, kill } = openKillable();
      await database.insert("t", make.makeTable([["a", make.int32([1, 2])]]));
      await database.query("FROM t");
      const running = answer(() =>
        database.query(
          "SELECT count(*) FROM range(100000) a, range(100000) b WHERE (a.range * b.range) % 7 = 3",
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      kill();
      const died = await running;
      const after = await answer(() => database.query("FROM t"));
      await database.close();
      return { died, after };
    });
    expect(result.died.error!.message).toMatch(/^SQL stopped working/);
    expect(result.after.rows).toEqual([{ a: 1 }, { a: 2 }]);
  });
});
