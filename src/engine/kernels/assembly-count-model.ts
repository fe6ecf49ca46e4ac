import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import {
  constantAsCoefficients,
  countModel,
  groupsOf,
  inverted,
  type CountModel,
} from "./count-model.ts";
import type { RisingTable } from "./rising-tables.ts";

/** Places of a model's fields, in uint32 from its start: see assembly/count-model.ts. */
const fields = {
  grouped: 3,
  starts: 4,
  x: 5,
  y: 6,
  sizes: 7,
  logSizes: 8,
  rates: 9,
  beta: 13,
  frame: 17,
};
/** In float64. */
const numbers = { logDeterminant: 12, largest: 14 };

/** A count model, and where it stands in the module's memory; null where there was no room. */
export interface PlacedCountModel extends CountModel {
  readonly placed: {
    readonly address: number;
    /** Which place of the model each sample has, of how many. */
    readonly places: Int32Array;
    readonly nPlaces: number;
    /** Makes the model's next fits be with these offsets. */
    prepare(offsets: Float64Array): void;
    /** Where these tables stand, 0 where there is no memory. */
    tablesAt(tables: readonly RisingTable[]): number;
  } | null;
}

export type MakePlacedCountModel = (design: Float64Array, n: number, p: number) => PlacedCountModel;

/**
 * The twin of countModel, with two samples in each register and one exponential for each row of the design. A design for which there is no
 * memory goes to countModel.
 */
export function assemblyCountModel(wasm: AssemblyExports): MakePlacedCountModel {
  let tables: readonly RisingTable[] = [];
  let tablesAt = 0;

  /** Where dispersions, log gammas, room for the answers and the tables stand, points padded to an even number; 0 where there is no memory. */
  function placeOf(wanted: readonly RisingTable[]): number {
    if (wanted === tables) return tablesAt;
    if (tablesAt) wasm.release(tablesAt);
    const each = wanted[0].values.length;
    const even = (wanted.length + 1) & ~1;
    tables = wanted;
    tablesAt = allocate(wasm, 8 * even * (3 + each));
    if (tablesAt === 0) return 0;
    const all = new Float64Array(wasm.memory.buffer, tablesAt, even * (3 + each));
    for (let i = 0; i < even; ++i) {
      const { dispersion, logGammaR, values } = wanted[Math.min(i, wanted.length - 1)];
      all[i] = dispersion;
      all[even + i] = logGammaR;
      for (let k = 0; k < each; ++k) all[(3 + k) * even + i] = values[k];
    }
    return tablesAt;
  }

  /** 0 where there is no memory: the module's allocator throws then. */
  function newModel(nPlaces: number, p: number, nRows: number): number {
    try {
      return wasm.newCountModel(nPlaces, p, nRows) >>> 0;
    } catch {
      return 0;
    }
  }

  return (design, n, p) => {
    const groups = groupsOf(design, n, p);
    const grouped = groups !== null && groups.rows.length === p;
    const { codes, rows } = grouped ? groups : rowsOf(design, n, p);
    const nRows = rows.length;
    const members = new Int32Array(nRows);
    for (const code of codes) ++members[code];
    const starts = new Int32Array(nRows + 1);
    for (let k = 0; k < nRows; ++k) starts[k + 1] = starts[k] + ((members[k] + 1) & ~1);
    const nPlaces = starts[nRows];
    const model = p > 0 ? newModel(nPlaces, p, nRows) : 0;
    if (model === 0) return { ...countModel(design, n, p), placed: null };

    const next = starts.slice();
    const places = Int32Array.from(codes, (code) => next[code]++);
    const field = (at: number) => new Uint32Array(wasm.memory.buffer, model, 18)[at];
    let buffer: ArrayBufferLike | null = null;
    let y: Float64Array;
    let sizes: Float64Array;
    let logSizes: Float64Array;
    let rates: Float64Array;
    let own: Float64Array;
    let numberFields: Float64Array;
    /** Views of the memory, made again after it grew. */
    const look = () => {
      if (buffer === wasm.memory.buffer) return;
      buffer = wasm.memory.buffer;
      const view = (at: number, length: number) =>
        new Float64Array(buffer as ArrayBuffer, field(at), length);
      y = view(fields.y, nPlaces);
      sizes = view(fields.sizes, nPlaces);
      logSizes = view(fields.logSizes, nPlaces);
      rates = view(fields.rates, nRows);
      own = view(fields.beta, p);
      numberFields = new Float64Array(buffer, model, 15);
    };
    look();
    new Uint32Array(wasm.memory.buffer, model, 18)[fields.grouped] = grouped ? 1 : 0;
    new Int32Array(wasm.memory.buffer, field(fields.starts), nRows + 1).set(starts);
    const x = new Float64Array(wasm.memory.buffer, field(fields.x), nRows * p);
    rows.forEach((row, k) => x.set(row, k * p));
    const frame = new Float64Array(wasm.memory.buffer, field(fields.frame), p * p);
    if (grouped) {
      const { inverse, logDeterminant } = inverted(rows, p);
      frame.set(inverse);
      numberFields![numbers.logDeterminant] = logDeterminant;
    } else {
      frame.set(constantAsCoefficients(design, n, p));
    }

    const beta = new Float64Array(p);
    let offsetsSet: Float64Array | null = null;
    const setOffsets = (offsets: Float64Array) => {
      if (offsets === offsetsSet) return;
      for (let s = 0; s < n; ++s) {
        logSizes[places[s]] = offsets[s];
        sizes[places[s]] = Math.exp(offsets[s]);
      }
      numberFields[numbers.largest] = offsets.reduce((a, b) => Math.max(a, b));
      offsetsSet = offsets;
    };
    const made: PlacedCountModel = {
      placed: {
        address: model,
        places,
        nPlaces,
        prepare(offsets) {
          look();
          setOffsets(offsets);
        },
        tablesAt: placeOf,
      },
      beta,
      take(counts) {
        look();
        for (let s = 0; s < n; ++s) y[places[s]] = counts[s];
      },
      fit(offsets, dispersion, warm) {
        look();
        setOffsets(offsets);
        wasm.fitCountModel(model, dispersion, warm ? 1 : 0);
        for (let j = 0; j < p; ++j) beta[j] = own[j];
      },
      means(out) {
        look();
        for (let s = 0; s < n; ++s) out[s] = sizes[places[s]] * rates[codes[s]];
      },
      deviance: () => wasm.countDeviance(model),
      profile(offsets, wanted, out, at) {
        const n = wanted.length;
        const first = n > 0 ? placeOf(wanted) : 0;
        look();
        if (first === 0) throw new RangeError("no memory for tables of log gamma");
        setOffsets(offsets);
        const even = (n + 1) & ~1;
        const room = first + 16 * even;
        const nTabled = wanted[0].values.length;
        wasm.profileCounts(model, first, n, first + 24 * even, nTabled, first + 8 * even, room);
        out.set(new Float64Array(wasm.memory.buffer, room, n), at);
      },
      release: () => wasm.release(model),
    };
    return made;
  };
}

/** Samples of the same row of the design, to the last bit, by rows. */
function rowsOf(design: Float64Array, n: number, p: number) {
  const index = new Map<string, number>();
  const rows: Float64Array[] = [];
  const codes = Int32Array.from({ length: n }, (_, s) => {
    const row = design.subarray(s * p, (s + 1) * p);
    const key = row.join(" ");
    let k = index.get(key);
    if (k === undefined) {
      index.set(key, (k = rows.length));
      rows.push(row);
    }
    return k;
  });
  return { codes, rows };
}
