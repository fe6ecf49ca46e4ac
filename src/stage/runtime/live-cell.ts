import type { Variable } from "@observablehq/runtime";
import { type CellOutput } from "./cell-output.ts";
import type { CellState, CellStatus } from "./types.ts";

/** How far the body of a cell is: not begun, waiting for its inputs, running, done, or failed. */
type Phase = "new" | "waiting" | "running" | "done" | "failed";

/** One run of a cell's body. */
export interface Run {
  readonly controller: AbortController;
  readonly started: number;
  displays: number;
}

/** A cell of a running notebook. */
export interface LiveCell {
  readonly id: number;
  readonly output: CellOutput;
  /** Counts definitions, so that one overtaken while its module was imported is dropped. */
  ticket: number;
  /** Names that the cell defines. */
  names: readonly string[];
  /** Variables of the runtime: the cell's own first, then one for each of its outputs. */
  variables: Variable[];
  phase: Phase;
  run: Run | null;
  bodyError: unknown;
  /** The line of the cell on which an error was thrown, where its stack tells. */
  lineOf: (error: unknown) => number | undefined;
  /** Errors of single outputs: a rejected promise, a name defined twice. */
  readonly outputErrors: Map<string, unknown>;
  /** Outputs that have not settled in this run; generators, which may wait for the reader, are not waited for. */
  readonly waiting: Set<string>;
  ms: number;
  status: CellStatus;
  /** Has had a value or an error. */
  settled: boolean;
  /** The error that was told last. */
  shownError: unknown;
  /** The error on display. */
  errorNote: Element | null;
}

export function newLiveCell(id: number, output: CellOutput): LiveCell {
  return {
    id,
    output,
    ticket: 0,
    names: [],
    variables: [],
    phase: "new",
    run: null,
    bodyError: undefined,
    lineOf: () => undefined,
    outputErrors: new Map(),
    waiting: new Set(),
    ms: 0,
    status: { state: "idle", ms: 0 },
    settled: false,
    shownError: undefined,
    errorNote: null,
  };
}

/** How a cell stands, from its body and its outputs. */
export function stateOf(cell: LiveCell): CellState {
  const { phase } = cell;
  if (phase === "failed" || (phase !== "waiting" && cell.outputErrors.size > 0)) return "rejected";
  if (phase === "new" || phase === "waiting") return cell.settled ? "stale" : "idle";
  return phase === "running" || cell.waiting.size > 0 ? "pending" : "fulfilled";
}

/** What the cell is rejected with: its body's error, else the first of its outputs'. */
export function errorOf(cell: LiveCell): unknown {
  return cell.phase === "failed" ? cell.bodyError : [...cell.outputErrors.values()][0];
}
