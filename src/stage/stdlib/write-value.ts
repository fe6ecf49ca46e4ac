import type { ValueFile } from "../../protocol/stage.ts";
import { fromRows, isTable, rows, tableToCsv } from "../../tables/index.ts";
import { DatabaseClient } from "../data/duckdb-client.ts";
import { Experiment } from "../data/experiment.ts";
import { NotebookFile } from "../data/file-attachment.ts";

/**
 * A value written out, as the notebook runner keeps it: tables and arrays of objects as CSV, anything else as
 * JSON, in which NaN and the infinities are strings and an experiment is its title, kind and shape.
 */
export function writeValue(value: unknown): ValueFile {
  if (isTable(value)) return { format: "csv", text: tableToCsv(value) };
  if (isRows(value)) return { format: "csv", text: tableToCsv(fromRows(value)) };
  return {
    format: "json",
    text: `${JSON.stringify(plain(value, new Set()), null, 2) ?? "null"}\n`,
  };
}

function isRows(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => typeof row === "object" && row !== null && isPlainObject(row as object))
  );
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value as JSON can hold it; a circle ends in null. */
function plain(value: unknown, above: Set<object>): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null)
    return ["string", "boolean"].includes(typeof value) ? value : null;
  if (above.has(value)) return null;
  if (value instanceof Experiment)
    return { title: value.title, kind: value.kind, shape: value.shape };
  if (value instanceof NotebookFile) return { name: value.name, size: value.size };
  if (value instanceof DatabaseClient) return { tables: value.tables };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof Node !== "undefined" && value instanceof Node) return null;
  above.add(value);
  const out = container(value, above);
  above.delete(value);
  return out;
}

function container(value: object, above: Set<object>): unknown {
  if (isTable(value)) return rows(value).map((row) => plain(row, above));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>, (v) => plain(v, above));
  if (Array.isArray(value) || value instanceof Set)
    return Array.from(value as Iterable<unknown>, (v) => plain(v, above));
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, v]) => [String(key), plain(v, above)]));
}
