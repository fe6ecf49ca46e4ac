/** A square matrix whose neighbouring rows are rotated again and again. */
export interface TurningRows {
  /** Turns rows `row` and `row + 1` into c row - s next and s row + c next. */
  turn(row: number, c: number, s: number): void;
  /** The rows as they are now; ends the turning. */
  finish(): Float64Array;
}

/** Takes the rows of a matrix of order n to turn: `turnRows` or its twin. The matrix may be overwritten. */
export type TurnRows = (rows: Float64Array, n: number) => TurningRows;

/** Rotations of neighbouring rows, in place. */
export function turnRows(q: Float64Array, n: number): TurningRows {
  return {
    turn(row, c, s) {
      for (let k = row * n; k < (row + 1) * n; ++k) {
        const f = q[k + n];
        q[k + n] = s * q[k] + c * f;
        q[k] = c * q[k] - s * f;
      }
    },
    finish: () => q,
  };
}
