import { argumentError } from "../../base/errors.ts";
import { quoteText } from "./quote.ts";

/** What a parameter of a query may be. A list stands for the values of `IN (…)` or for a SQL list. */
export type Parameter =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Date
  | readonly Parameter[]
  | Int32Array
  | Float64Array;

/**
 * The SQL text of a parameter that is no list. null and undefined are NULL; numbers keep double precision (whole ones within 2^53
 * are integers, NaN is NULL: missing is never NaN); a Date is a TIMESTAMP in UTC, an invalid one NULL.
 */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  switch (typeof value) {
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "bigint":
      return signed(String(value));
    case "string":
      return quoteText(value);
    case "number":
      return numberLiteral(value);
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return "NULL";
    const text = value.toISOString();
    return `TIMESTAMP '${text.replace("T", " ").replace("Z", "").replace(/^\+0*/, "")}'`;
  }
  throw argumentError(`query: can't be a parameter: ${described(value)}`, {
    help: "A parameter is null, true or false, a number, a string, a Date, or an array of these.",
  });
}

/** True for an array or typed array of numbers: a parameter that stands for several values. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return "NULL";
  if (value === Infinity) return "'Infinity'::DOUBLE";
  if (value === -Infinity) return "'-Infinity'::DOUBLE";
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return signed(String(value));
  const text = Object.is(value, -0) ? "-0" : String(value);
  return signed(text.includes("e") ? text : `${text}e0`);
}

/** Negative numbers in parentheses, so that `-?` and `2-?` can't become a comment. */
function signed(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function described(value: unknown): string {
  if (typeof value === "object" && value !== null)
    return `an object (${Object.prototype.toString.call(value).slice(8, -1)})`;
  return typeof value === "symbol" || typeof value === "function"
    ? `a ${typeof value}`
    : String(value);
}
