import { describe, expect, it } from "vitest";
import { abortError, argumentError, type EngrailedError } from "../../../src/base/errors.ts";
import { cleanError } from "../../../src/engine/duckdb/clean-error.ts";

const json = (message: string, position?: number): Error =>
  new Error(
    JSON.stringify({
      exception_type: "X",
      exception_message: message,
      ...(position === undefined ? {} : { position: String(position) }),
    }),
  );
const clean = (error: unknown, sql = "") => cleanError(error, sql) as EngrailedError;

describe("cleanError", () => {
  it("takes the message, the place in bytes, and the hint", () => {
    const error = clean(
      json('Referenced column "x" not found!\nCandidate bindings: "y"', 12),
      "SELECT é,\nx",
    );
    expect(error.message).toBe('referenced column "x" not found!');
    expect(error.details).toMatchObject({ line: 2, column: 2, help: 'Candidate bindings: "y"' });
  });

  it("reads DuckDB's plain form too", () => {
    const error = clean(new Error("Binder Error: no x\n\nLINE 2:   x\n          ^"), "SELECT\n  x");
    expect(error).toMatchObject({ name: "QueryError", message: "no x" });
    expect(error.details).toMatchObject({ line: 2, column: 3 });
    expect(clean(new Error("Invalid Input Error: Boo")).message).toBe("boo");
  });

  it("says what to do about extensions, files and settings", () => {
    expect(
      clean(
        json(
          'Table Function with name "read_parquet" is not in the catalog, but it exists in the parquet extension.\n\nPlease try installing',
        ),
      ).details.help,
    ).toContain("parquet()");
    expect(
      clean(
        json('Cannot access file "x.csv" - file system operations are disabled by configuration'),
      ).message,
    ).toBe("SQL can't reach files or the network: x.csv");
    expect(
      clean(
        json('Cannot change configuration option "threads" - the configuration has been locked'),
      ).message,
    ).toBe("this setting can't be changed: threads");
    expect(
      clean(new Error("Out of Memory Error: failed to allocate data of size 1.0 GiB")).message,
    ).toMatch(/needs more memory/);
  });

  it("leaves ours and aborts alone", () => {
    const own = argumentError("x: 1");
    expect(cleanError(own, "")).toBe(own);
    expect(cleanError(abortError(), "").name).toBe("AbortError");
    expect(clean("odd").message).toBe("odd");
    expect(clean(new Error("{not json")).message).toBe("{not json");
  });
});
