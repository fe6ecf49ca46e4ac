import { readError } from "../../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../../base/progress.ts";
import type { Counts } from "../../experiment/types.ts";
import { checkDenseSize } from "../mtx/dense-size.ts";
import type { Hdf5, Numbers } from "./open-hdf5.ts";

/** A compressed sparse matrix in a group: `major` is what indptr runs over. */
export interface SparsePlace {
  readonly path: string;
  readonly nGenes: number;
  readonly nSamples: number;
  readonly major: "genes" | "samples";
}

const piece = 1 << 20;

/** Writes a compressed sparse matrix out, gene-major: int32 where all values are whole and fit, else float64. */
export async function readSparse(
  h5: Hdf5,
  { path, nGenes, nSamples, major }: SparsePlace,
  { signal, onProgress }: CallOptions = {},
): Promise<Counts> {
  const { file } = h5;
  const broken = (expected: string) =>
    readError(`broken sparse matrix: ${path}`, { file, expected, help: "Write the file again." });
  checkDenseSize(nGenes, nSamples, file);
  const nMajor = major === "genes" ? nGenes : nSamples;
  const nMinor = major === "genes" ? nSamples : nGenes;
  const indptr = h5.numbers(`${path}/indptr`);
  const [n] = h5.shape(`${path}/data`);
  if (indptr.length !== nMajor + 1)
    throw broken(`${nMajor + 1} entries in indptr, not ${indptr.length}`);
  if (h5.shape(`${path}/indices`)[0] !== n) throw broken("as many indices as values");
  if (indptr[0] !== 0 || indptr[nMajor] !== n) throw broken(`indptr from 0 to ${n}`);
  for (let i = 0; i < nMajor; ++i)
    if (!(indptr[i] <= indptr[i + 1])) throw broken("an indptr that never falls");
  let values: Int32Array | Float64Array = new Int32Array(nGenes * nSamples);
  let line = 0;
  for (let from = 0; from < n; from += piece) {
    const to = Math.min(n, from + piece);
    const data = h5.numbers(`${path}/data`, from, to);
    const indices = h5.numbers(`${path}/indices`, from, to);
    if (values instanceof Int32Array && !fits(data)) {
      const wide: Float64Array = new Float64Array(values.length);
      wide.set(values);
      values = wide;
    }
    for (let k = from; k < to; ++k) {
      while (indptr[line + 1] <= k) ++line;
      const minor = indices[k - from];
      if (!(minor >= 0 && minor < nMinor))
        throw broken(`indices from 0 to ${nMinor - 1}, not ${minor}`);
      values[major === "genes" ? line * nSamples + minor : minor * nSamples + line] +=
        data[k - from];
    }
    onProgress?.({ label: `Reading ${file}`, done: to, total: n });
    await pause();
    throwIfAborted(signal);
  }
  return { nGenes, nSamples, values };
}

/** A dense 2-D dataset of samples x genes, gene-major. */
export async function readDense(
  h5: Hdf5,
  path: string,
  { signal, onProgress }: CallOptions = {},
): Promise<Counts> {
  const { file } = h5;
  const [nSamples, nGenes] = h5.shape(path);
  checkDenseSize(nGenes, nSamples, file);
  let values: Int32Array | Float64Array = new Int32Array(nGenes * nSamples);
  const step = Math.max(1, Math.floor(piece / Math.max(1, nGenes)));
  for (let from = 0; from < nSamples; from += step) {
    const to = Math.min(nSamples, from + step);
    const rows = h5.rows(path, from, to);
    if (values instanceof Int32Array && !fits(rows)) {
      const wide: Float64Array = new Float64Array(values.length);
      wide.set(values);
      values = wide;
    }
    for (let g = 0; g < nGenes; ++g)
      for (let s = from; s < to; ++s) values[g * nSamples + s] = rows[(s - from) * nGenes + g];
    onProgress?.({ label: `Reading ${file}`, done: to, total: nSamples });
    await pause();
    throwIfAborted(signal);
  }
  return { nGenes, nSamples, values };
}

/** True where every value is a whole number of 32 bits. */
export function fits(values: Numbers): boolean {
  if (values instanceof Int32Array || values instanceof Int16Array || values instanceof Int8Array)
    return true;
  for (let i = 0; i < values.length; ++i) if ((values[i] | 0) !== values[i]) return false;
  return true;
}
