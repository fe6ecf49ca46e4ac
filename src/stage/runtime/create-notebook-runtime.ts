import { RuntimeError, type Observer } from "@observablehq/runtime";
import { argumentError, EngrailedError } from "../../base/errors.ts";
import type { Definition } from "../../notebook/types.ts";
import { bindValue } from "./bind-value.ts";
import { cellOutcome } from "./cell-outcome.ts";
import { createCellOutput } from "./cell-output.ts";
import { importBodies, type Imported } from "./cell-module.ts";
import { createScheduledRuntime } from "./create-scheduled-runtime.ts";
import { explainError } from "./explain-error.ts";
import { input } from "./generators.ts";
import { globalOf } from "./hidden-globals.ts";
import { keptNote } from "./kept-note.ts";
import { errorOf, newLiveCell, stateOf, type LiveCell, type Run } from "./live-cell.ts";
import { errorParts, renderError } from "./render-error.ts";
import type { CellContext, CellRun, NotebookRuntime, RuntimeOptions } from "./types.ts";
import { isGenerator, untilAborted } from "./until-aborted.ts";

/** Names that the runtime gives each run of a cell itself. */
const perRun = new Set(["display", "view", "invalidation"]);

/**
 * Runs a notebook's cells: each again whenever a name that it uses changes, with Observable's semantics of `display`,
 * `view`, generators, promises, `invalidation` and `visibility`.
 *
 * Bodies become functions by importing modules, never by eval. A value with a `Symbol.for("engrailed.bind")` method is
 * replaced, in each run of a cell, by what that returns.
 */
export function createNotebookRuntime(options: RuntimeOptions): NotebookRuntime {
  const { builtins, importModule, onState, onProgress, inspectValue, showErrors = true } = options;
  const cells = new Map<number, LiveCell>();
  const runs = new WeakMap<object, Run>();
  const settledListeners = new Set<() => void>();
  const runtime = createScheduledRuntime(globalValue);
  for (const [name, make] of Object.entries({ __keptNote: () => keptNote, ...builtins }))
    runtime._builtin.define(name, [], make as () => unknown);
  const main = runtime.module();

  const definersOf = (name: string): number[] => {
    const all = [...cells.values()].filter((cell) => cell.names.includes(name));
    const live = all.filter((cell) => cell.variables.length > 0);
    return (live.length ? live : all).map(({ id }) => id);
  };
  const names = {
    definersOf,
    statusOf: (id: number) => cells.get(id)?.status,
    known: () => [...[...cells.values()].flatMap((cell) => cell.names), ...Object.keys(builtins)],
  };

  /** What a name means that no live cell and no builtin has. */
  function globalValue(name: string): unknown {
    const [broken] = definersOf(name);
    if (broken !== undefined) throw new Error(errorParts(cells.get(broken)?.bodyError).message);
    return globalOf(name);
  }

  function liveCell(id: number, root: HTMLElement): LiveCell {
    const known = cells.get(id);
    if (known?.output.root === root) return known;
    if (known) undefine(id);
    const cell = newLiveCell(
      id,
      createCellOutput(root, (value) => inspectValue?.(value) ?? null),
    );
    cells.set(id, cell);
    return cell;
  }

  async function define(given: readonly CellRun[]): Promise<void> {
    const tickets = new Map<LiveCell, number>();
    const wanted: Definition[] = [];
    for (const one of given) {
      const cell = liveCell(one.id, one.root);
      tickets.set(cell, ++cell.ticket);
      if ("definition" in one) wanted.push(one.definition);
      else defineError(cell, one.error, one.names ?? cell.names);
    }
    const bodies = await importBodies(wanted, importModule);
    for (const definition of wanted) {
      const cell = cells.get(definition.id);
      const found = bodies.get(definition.id);
      if (!cell || !found || tickets.get(cell) !== cell.ticket) continue;
      const { output, outputs } = definition;
      cell.names = output === undefined ? outputs : [output];
      if ("error" in found) defineError(cell, found.error, cell.names);
      else defineBody(cell, definition, found);
    }
  }

  /**
   * A cell that can't run: it shows why. It has no variables; its names, unless another cell has them too, fail for those
   * that use them, in `globalValue`.
   */
  function defineError(cell: LiveCell, error: unknown, defined: readonly string[]): void {
    drop(cell);
    cell.lineOf = () => undefined;
    cell.names = defined;
    cell.phase = "failed";
    cell.bodyError = error;
    cell.output.clear();
    changed(cell);
  }

  function defineBody(
    cell: LiveCell,
    definition: Definition,
    { body, lineOf }: Exclude<Imported, { error: unknown }>,
  ): void {
    const { id, inputs, outputs, output } = definition;
    drop(cell);
    cell.lineOf = lineOf;
    const cellName = output ?? (outputs.length ? `cell ${id}` : null);
    const asked = inputs.filter((name) => !perRun.has(name));
    const own = main.variable(whileDefined(cell, observeBody(cell, definition)));
    cell.variables = [own];
    // invalidation stands first: the runtime makes one promise of it, and visibility has to find that.
    own.define(
      cellName,
      ["invalidation", ...asked],
      (invalidation: Promise<void>, ...values: unknown[]) => {
        const run = startRun(cell, invalidation);
        const given = new Map(asked.map((name, i) => [name, values[i]]));
        const context = () => contextOf(cell, run, given);
        const args = inputs.map((name) =>
          name === "invalidation"
            ? invalidation
            : name === "display"
              ? (value: unknown) => display(cell, run, value)
              : name === "view"
                ? (value: never) => (display(cell, run, value), input(value))
                : bindValue(given.get(name), context),
        );
        return untilAborted(body(...args), run.controller.signal);
      },
    );
    if (cellName === null || output !== undefined) return;
    for (const name of outputs)
      cell.variables.push(
        main
          .variable(whileDefined(cell, observeOutput(cell, name, cellName)))
          .define(name, [cellName], (record: Readonly<Record<string, unknown>>) => {
            const run = runs.get(record);
            return run ? untilAborted(record[name], run.controller.signal) : record[name];
          }),
      );
  }

  function startRun(cell: LiveCell, invalidation: Promise<void>): Run {
    const run: Run = { controller: new AbortController(), started: performance.now(), displays: 0 };
    void invalidation.then(() => {
      run.controller.abort();
      if (cell.run === run) onProgress?.(cell.id, null);
    });
    cell.run = run;
    cell.phase = "running";
    changed(cell);
    return run;
  }

  function contextOf(cell: LiveCell, run: Run, inputs: ReadonlyMap<string, unknown>): CellContext {
    const { signal } = run.controller;
    return {
      cellId: cell.id,
      signal,
      inputs,
      onProgress: (progress) => {
        if (cell.run === run && !signal.aborted) onProgress?.(cell.id, progress);
      },
    };
  }

  function display(cell: LiveCell, run: Run, value: unknown): unknown {
    if (cell.run !== run || run.controller.signal.aborted) throw new Error("stale display");
    if (run.displays++ === 0) cell.output.clear();
    cell.output.add(value);
    return value;
  }

  /** Deaf to a variable that was dropped: the runtime computes it once more. */
  function whileDefined(cell: LiveCell, observer: Required<Observer>): Observer {
    const { ticket } = cell;
    const isDefined = (): boolean => cell.ticket === ticket && cell.variables.length > 0;
    return {
      _node: observer._node,
      pending: () => void (isDefined() && observer.pending()),
      fulfilled: (value, name) => void (isDefined() && observer.fulfilled(value, name)),
      rejected: (error, name) => void (isDefined() && observer.rejected(error, name)),
    };
  }

  function observeBody(
    cell: LiveCell,
    { autodisplay, outputs, output }: Definition,
  ): Required<Observer> {
    return {
      _node: cell.output.root,
      pending() {
        cell.phase = "waiting";
        cell.waiting.clear();
        changed(cell);
      },
      fulfilled(value) {
        const run = cell.run;
        cell.phase = "done";
        if (run && outputs.length > 0 && output === undefined) {
          runs.set(value as object, run);
          for (const name of outputs)
            if (!isGenerator((value as Record<string, unknown>)[name])) cell.waiting.add(name);
        }
        if (autodisplay) cell.output.show(value);
        else if (run?.displays === 0) cell.output.clear();
        changed(cell);
      },
      rejected(error) {
        cell.phase = "failed";
        cell.bodyError = error;
        changed(cell);
      },
    };
  }

  function observeOutput(cell: LiveCell, name: string, cellName: string): Required<Observer> {
    const settle = (): void => {
      cell.waiting.delete(name);
      changed(cell);
    };
    return {
      _node: cell.output.root,
      pending: () => void cell.outputErrors.delete(name),
      fulfilled() {
        cell.outputErrors.delete(name);
        settle();
      },
      rejected(error) {
        // When the body failed, the cell tells of that itself.
        const own = error instanceof RuntimeError && error.input === cellName;
        if (!own) cell.outputErrors.set(name, error);
        settle();
      },
    };
  }

  /** Takes note of where a cell stands, shows its error, and tells. */
  function changed(cell: LiveCell): void {
    const state = stateOf(cell);
    const before = cell.status;
    const isOver = state === "fulfilled" || state === "rejected";
    if (isOver && before.state !== state && cell.run)
      cell.ms = performance.now() - cell.run.started;
    const error = state === "rejected" ? errorOf(cell) : undefined;
    const isSame = state === before.state && (state !== "rejected" || cell.shownError === error);
    if (isOver) cell.settled = true;
    if (isSame) return;
    cell.shownError = error;
    cell.status =
      state === "rejected"
        ? { state, ms: cell.ms, ...lineOf(cell, error), ...explainError(error, names) }
        : { state, ms: cell.ms };
    if (state !== "stale" && state !== "idle") showError(cell);
    if (isOver) onProgress?.(cell.id, null);
    onState?.(cell.id, cell.status);
    if (isOver) for (const listener of settledListeners) listener();
  }

  /** Where in the cell an error was thrown, unless it speaks of a place in a file itself. */
  function lineOf(cell: LiveCell, error: unknown): { line?: number } {
    const hasPlace = error instanceof EngrailedError && error.details.line !== undefined;
    const line = hasPlace ? undefined : cell.lineOf(error);
    return line === undefined ? {} : { line };
  }

  /** Shows the error of a rejected cell in place of what a failed body displayed, and takes away one that is over. */
  function showError(cell: LiveCell): void {
    cell.errorNote?.remove();
    cell.errorNote = null;
    if (cell.status.state !== "rejected") return;
    if (cell.phase === "failed") cell.output.clear();
    if (!showErrors) return;
    cell.errorNote = renderError(cell.status.error, cell.status.line);
    cell.output.root.append(cell.errorNote);
  }

  /** Takes the cell's variables out of the graph; its run is invalidated when that is next computed. */
  function drop(cell: LiveCell): void {
    for (const variable of cell.variables.splice(0)) variable.delete();
    cell.run = null;
    cell.outputErrors.clear();
    cell.waiting.clear();
  }

  function undefine(cellId: number): void {
    const cell = cells.get(cellId);
    if (!cell) return;
    ++cell.ticket;
    drop(cell);
    cell.output.clear();
    cells.delete(cellId);
    onProgress?.(cellId, null);
    for (const listener of settledListeners) listener();
  }

  return {
    define,
    undefine,
    status: (cellId) => cells.get(cellId)?.status,
    names: () =>
      new Map(
        [...cells.values()].flatMap(({ names }) =>
          names.map((name) => [name, definersOf(name)[0]]),
        ),
      ),
    async valueOf(name) {
      if (definersOf(name).length === 0) throw argumentError(`no cell defines this name: ${name}`);
      return main.value(name);
    },
    async settled(timeout) {
      const isSettled = (): boolean => [...cells.values()].every((cell) => cell.settled);
      if (!isSettled())
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, timeout);
          const listener = (): void => void (isSettled() && done());
          settledListeners.add(listener);
          function done(): void {
            clearTimeout(timer);
            settledListeners.delete(listener);
            resolve();
          }
        });
      return [...cells.values()].map(cellOutcome);
    },
    dispose() {
      for (const [id, cell] of cells) {
        cell.run?.controller.abort();
        undefine(id);
      }
      runtime.dispose();
    },
  };
}
