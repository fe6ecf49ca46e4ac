import { bool, float64, utf8, type Column } from "../../../tables/index.ts";
import { isMissing } from "./missing.ts";

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const decimalComma = /^[+-]?\d+,\d+$/;
const truth = /^(true|false)$/i;

/**
 * Text as the column that its values make: float64 where all are numbers, bool where all are true or false (any case),
 * else utf8. Missing tokens are null. Whole numbers with leading zeros ("007") and numbers of more than 15 digits are
 * names, so their column stays text.
 */
export function typedColumn(values: readonly (string | null)[], comma = false): Column {
  const cells = values.map((v) => (v === null || isMissing(v) ? null : v));
  const present = cells.filter((v) => v !== null);
  if (present.length === 0) return utf8(cells);
  const trimmed = present.map((v) => v.trim());
  if (trimmed.every((v) => isNumber(v, comma)))
    return float64(
      cells.map((v) => (v === null ? null : toNumber(comma ? v.replace(",", ".") : v))),
    );
  if (trimmed.every((v) => truth.test(v)))
    return bool(cells.map((v) => (v === null ? null : v.trim().toLowerCase() === "true")));
  return utf8(cells);
}

function isNumber(text: string, comma: boolean): boolean {
  if (/^[+-]?inf(inity)?$/i.test(text)) return true;
  if (comma && decimalComma.test(text)) return true;
  return number.test(text) && !/^[+-]?0\d/.test(text) && !/^\d{16,}$/.test(text);
}

function toNumber(text: string): number {
  const inf = /^([+-]?)inf(inity)?$/i.exec(text.trim());
  return inf ? (inf[1] === "-" ? -Infinity : Infinity) : Number(text);
}
