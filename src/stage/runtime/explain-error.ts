import { RuntimeError } from "@observablehq/runtime";
import { nearestName } from "../../base/check.ts";
import { workError } from "../../base/errors.ts";
import { errorParts } from "./render-error.ts";
import type { CellStatus } from "./types.ts";

/** What is known of the notebook's names when a cell is rejected. */
export interface Names {
  /** The cells that define a name, in order. */
  definersOf(name: string): readonly number[];
  statusOf(cellId: number): CellStatus | undefined;
  /** All names that a cell could mean. */
  known(): readonly string[];
}

/** Why a cell is rejected, in plain words: an error of its own, or the name and cell that it waits on. */
export function explainError(
  error: unknown,
  names: Names,
): Pick<CellStatus, "error" | "dependsOnFailed" | "cause"> {
  if (!(error instanceof RuntimeError)) return { error };
  const { message, input } = error;
  if (input === undefined) return { error: definitionError(message, names) };
  const [definer] = names.definersOf(input);
  if (definer === undefined) {
    if (message === `${input} is not defined`) {
      const near = nearestName(input, names.known());
      const help =
        input === "db"
          ? "SQL cells and vg ask the client of this name: const db = DuckDBClient.of({…})."
          : near
            ? `Did you mean ${near}?`
            : "No cell and no builtin has this name.";
      return { error: workError(message, { help }) };
    }
    return { error: workError(`${input} is not available: ${message}`) };
  }
  const before = names.statusOf(definer);
  return {
    error: workError(`waits on ${input}, which failed: ${rootMessage(before, message)}`),
    dependsOnFailed: input,
    cause: before?.cause ?? { id: definer, name: input },
  };
}

function definitionError(message: string, names: Names): unknown {
  if (message === "circular definition")
    return workError("circular definition: this cell needs a name that needs this cell", {
      help: "Break the circle, for example with a Mutable.",
    });
  const twice = /^(.+) is defined more than once$/.exec(message);
  if (!twice) return workError(message);
  const cells = names.definersOf(twice[1]);
  return workError(message, {
    help: `Rename it in one of these cells: ${cells.join(", ")}.`,
  });
}

/** The message of the first failure, without those of the cells between. */
function rootMessage(status: CellStatus | undefined, message: string): string {
  const text = status?.error === undefined ? message : errorParts(status.error).message;
  return text.replace(/^(?:waits on [^,]+, which failed: )+/, "");
}
