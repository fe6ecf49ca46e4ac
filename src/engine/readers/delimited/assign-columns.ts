import { nearestName } from "../../../base/check.ts";
import { readError } from "../../../base/errors.ts";
import {
  isAnnotationName,
  isGeneIdName,
  isSymbolName,
  plainName,
} from "../../experiment/gene-columns.ts";
import { firstFew } from "../../experiment/report-line.ts";
import type { ReadOptions } from "../types.ts";
import { isMissing } from "./missing.ts";
import type { Delimited } from "./open-delimited.ts";

/** What each column of a counts table is, by index. */
export interface ColumnRoles {
  readonly id: number;
  /** -1 where there is none. */
  readonly symbol: number;
  readonly values: readonly number[];
  readonly annotations: readonly number[];
  readonly dropped: readonly { readonly column: number; readonly why: string }[];
}

type Shape = "number" | "text" | "empty";

/**
 * Tells samples from annotation: numeric columns are samples unless their name is one that describes genes (Length,
 * chromosome), names of the sample sheet always are, text columns never. The id column is the one asked for, else
 * gene_id, else the first (row numbers left aside). A column is numeric where most of its first values are: a stray
 * word in it is an error later, not a reason to drop a sample.
 */
export function assignColumns(table: Delimited, options: ReadOptions): ColumnRoles {
  const { header, file, dialect } = table;
  const rows = dialect.preview.filter((row) => row.length >= header.length);
  const shapes = header.map((_, j) => shapeOf(rows, j, dialect.point));
  const bySamples = options.orientation === "samples";
  const find = (name: string | undefined, option: string): number => {
    if (name === undefined) return -1;
    const j = header.indexOf(name);
    if (j >= 0) return j;
    const near = nearestName(name, header);
    throw readError(`no such column (${option}): ${name}`, {
      file,
      line: dialect.headerLine,
      expected: `one of ${firstFew(
        header.filter((h) => h !== ""),
        20,
      )}`,
      help: near === undefined ? undefined : `Did you mean ${near}?`,
    });
  };
  const asked = bySamples ? find(options.sampleId, "sampleId") : find(options.geneId, "geneId");
  const askedSymbol = bySamples ? -1 : find(options.symbol, "symbol");
  const dropped: { column: number; why: string }[] = [];
  const numbered = asked !== 0 && hasRowNumbers(header, rows, shapes) ? 0 : -1;
  if (numbered === 0) dropped.push({ column: 0, why: "row numbers" });
  const open = header.flatMap((_, j) => (j === numbered ? [] : [j]));
  const id =
    asked >= 0
      ? asked
      : bySamples
        ? sampleIdColumn(header, open)
        : geneIdColumn(header, shapes, open);
  const rest = open.filter((j) => j !== id);
  const symbol =
    askedSymbol >= 0
      ? askedSymbol
      : bySamples
        ? -1
        : (rest.find((j) => plainName(header[j]) === "symbol") ??
          rest.find((j) => isSymbolName(header[j])) ??
          -1);
  const values: number[] = [];
  const annotations: number[] = [];
  for (const j of rest) {
    const name = header[j];
    const isSample = !bySamples && options.sampleIds?.has(name) === true;
    if (j === symbol && !isSample) continue;
    if (name === "" && shapes[j] === "empty") dropped.push({ column: j, why: "empty" });
    else if (isSample) values.push(j);
    else if (shapes[j] === "number" && (bySamples || !isAnnotationName(name))) values.push(j);
    else annotations.push(j);
  }
  return { id, symbol, values, annotations, dropped };
}

function shapeOf(rows: readonly (readonly string[])[], j: number, point: number): Shape {
  let numbers = 0;
  let texts = 0;
  for (const row of rows) {
    const text = row[j].trim();
    if (isMissing(text)) continue;
    const value = Number(point === 44 ? text.replace(",", ".") : text);
    if (Number.isNaN(value) && !/^[+-]?inf$/i.test(text)) ++texts;
    else ++numbers;
  }
  if (numbers + texts === 0) return "empty";
  return numbers >= texts ? "number" : "text";
}

/** True where the first column counts rows (1, 2, 3 or 0, 1, 2) under no name of its own, beside another that can be ids. */
function hasRowNumbers(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  shapes: readonly Shape[],
): boolean {
  const name = plainName(header[0]);
  const unnamed = ["", "x", "unnamed0", "v1", "index", "row", "rownum", "rownumber", "no"];
  if (!unnamed.includes(name) || header.length < 3 || rows.length === 0) return false;
  const first = Number(rows[0][0]);
  if (first !== 0 && first !== 1) return false;
  if (!rows.every((row, i) => row[0].trim() === String(first + i))) return false;
  return header.some((other, j) => j > 0 && (shapes[j] === "text" || isGeneIdName(other)));
}

function geneIdColumn(
  header: readonly string[],
  shapes: readonly Shape[],
  open: readonly number[],
): number {
  const exact = open.find((j) => plainName(header[j]) === "geneid");
  if (exact !== undefined) return exact;
  const first = open[0];
  const better = open.find((j) => shapes[j] === "text" && isGeneIdName(header[j]));
  if (isSymbolName(header[first]) && better !== undefined) return better;
  if (shapes[first] === "text" || isGeneIdName(header[first]) || header[first] === "") return first;
  return (
    better ??
    open.find((j) => isGeneIdName(header[j])) ??
    open.find((j) => shapes[j] === "text") ??
    first
  );
}

function sampleIdColumn(header: readonly string[], open: readonly number[]): number {
  const named = open.find((j) =>
    ["sampleid", "sample", "samplename"].includes(plainName(header[j])),
  );
  return named ?? open[0];
}
