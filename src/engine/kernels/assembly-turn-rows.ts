import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { turnRows, type TurnRows } from "./turn-rows.ts";

/** Memory that a module took is never given back to the system: larger work is done in TypeScript. */
const mostBytes = 2 ** 28;

/** The twin of turnRows, to the bit. */
export function assemblyTurnRows(wasm: AssemblyExports): TurnRows {
  return (rows, n) => {
    const pointer = 8 * rows.length > mostBytes ? 0 : allocate(wasm, 8 * rows.length);
    if (pointer === 0) return turnRows(rows, n);
    const view = () => new Float64Array(wasm.memory.buffer, pointer, rows.length);
    view().set(rows);
    return {
      turn: (row, c, s) => wasm.turnRows(pointer + 8 * n * row, n, c, s),
      finish() {
        rows.set(view());
        wasm.release(pointer);
        return rows;
      },
    };
  };
}
