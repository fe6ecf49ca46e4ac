import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { IntakeOptions } from "./types.ts";

const where = "readExperiment";
const names = [
  "format",
  "kind",
  "geneId",
  "symbol",
  "sampleId",
  "orientation",
  "sheet",
  "join",
  "duplicates",
  "reference",
];

/** The options checked: a misspelt name or value is an ArgumentError that lists the right ones. */
export function checkIntakeOptions(given: IntakeOptions | undefined | null): IntakeOptions {
  const options = checkOptions<IntakeOptions>(where, given, names);
  if (options.kind !== undefined)
    checkOneOf(where, "kind", options.kind, ["counts", "abundance", "log"]);
  checkOneOf(where, "orientation", options.orientation, ["genes", "samples"], "genes");
  checkOneOf(where, "duplicates", options.duplicates, ["error", "first", "max", "sum"], "error");
  for (const name of ["geneId", "symbol", "sampleId"] as const)
    if (options[name] !== undefined && typeof options[name] !== "string")
      throw argumentError(`${where}: invalid ${name}: ${String(options[name])}`, {
        help: "It is the name of a column.",
      });
  const { sheet } = options;
  if (
    sheet !== undefined &&
    !(typeof sheet === "string" ? sheet !== "" : Number.isInteger(sheet) && sheet > 0)
  )
    throw argumentError(`${where}: invalid sheet: ${String(sheet)}`, {
      help: "It is a sheet's name, or its number from 1; of an h5ad file X, raw or a layer; of an old 10x file a genome.",
    });
  checkJoin(options.join);
  const { reference } = options;
  if (
    reference !== undefined &&
    (typeof reference !== "object" || reference === null || Array.isArray(reference))
  )
    throw argumentError(`${where}: invalid reference: ${String(reference)}`, {
      help: "It is {column: level}.",
    });
  return options;
}

function checkJoin(join: IntakeOptions["join"]): void {
  if (typeof join === "object" && join !== null) {
    checkOptions(`${where}: join`, join, ["strip"]);
    const { strip } = join;
    if (strip instanceof RegExp) return;
    if (typeof strip === "string" && strip !== "") return void stripPattern(strip);
    throw argumentError(`${where}: invalid join.strip: ${String(strip)}`, {
      help: "It is a regular expression.",
    });
  }
  checkOneOf(where, "join", join, ["id", "title", "number"], "id");
}

/** The pattern of a join as a regular expression that takes out every match. */
export function stripPattern(strip: RegExp | string): RegExp {
  try {
    return typeof strip === "string"
      ? new RegExp(strip, "g")
      : new RegExp(strip.source, strip.flags.includes("g") ? strip.flags : `${strip.flags}g`);
  } catch (cause) {
    throw argumentError(`${where}: invalid join.strip: ${String(strip)}`, {
      help: "It is a regular expression.",
      cause,
    });
  }
}
