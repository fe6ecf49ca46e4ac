/** What the compiled module exports: see assembly/index.ts. Pointers are byte offsets in its memory. */
export interface AssemblyExports {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  release(pointer: number): void;
  groupSummary(
    values: number,
    whole: number,
    nGenes: number,
    nSamples: number,
    order: number,
    starts: number,
    nGroups: number,
    divisors: number,
    priors: number,
    scaled: number,
    zeros: number,
    mean: number,
    variance: number,
    detected: number,
  ): void;
  newCountModel(n: number, p: number, nRows: number): number;
  fitCountModel(model: number, dispersion: number, warm: number): void;
  countDeviance(model: number): number;
  profileCounts(
    model: number,
    dispersions: number,
    nPoints: number,
    tables: number,
    nTabled: number,
    logGammas: number,
    out: number,
  ): void;
  localSums(
    x: number,
    y: number,
    robustness: number,
    from: number,
    to: number,
    centre: number,
    width: number,
    out: number,
  ): void;
  priorFits(
    model: number,
    values: number,
    nGenes: number,
    n: number,
    places: number,
    priors: number,
    dispersion: number,
    out: number,
  ): void;
  quasiFits(
    model: number,
    prior: number,
    values: number,
    nGenes: number,
    n: number,
    places: number,
    priors: number,
    dispersions: number,
    shown: number,
    plain: number,
    deviances: number,
    leasts: number,
    nothings: number,
  ): void;
  quasiNulls(
    model: number,
    full: number,
    values: number,
    nGenes: number,
    n: number,
    places: number,
    fullPlaces: number,
    dispersions: number,
    marks: number,
    deviances: number,
    ratios: number,
  ): void;
  profileGenes(
    model: number,
    values: number,
    nGenes: number,
    n: number,
    places: number,
    pilot: number,
    dispersions: number,
    nPoints: number,
    tables: number,
    nTabled: number,
    logGammas: number,
    room: number,
    out: number,
    marks: number,
  ): void;
  localAverages(
    sorted: number,
    order: number,
    y: number,
    nColumns: number,
    low: number,
    high: number,
    t: number,
    bandwidth: number,
    out: number,
  ): number;
  splineMaxima(
    plan: number,
    values: number,
    nGenes: number,
    abundances: number,
    weights: number,
    weightStep: number,
    shared: number,
    own: number,
  ): void;
  rowsFit(
    plan: number,
    values: number,
    nGenes: number,
    coefficients: number,
    unscaled: number,
    sigma: number,
    mean: number,
  ): void;
  trimmedMean(
    counts: number,
    reference: number,
    n: number,
    size: number,
    referenceSize: number,
    logShares: number,
    nKept: number,
    logReference: number,
    trimRatios: number,
    trimAbundances: number,
    room: number,
  ): number;
  tridiagonalise(v: number, d: number, e: number, room: number, n: number): void;
  turnRows(row: number, n: number, cosine: number, sine: number): void;
  pairSums(x: number, nRows: number, nColumns: number, squares: number, out: number): void;
}

/** The module's allocator takes pieces of less than 1 GiB. */
const mostBytes = 2 ** 30 - 2 ** 16;

/** A piece of the module's memory, or 0 where there is none so large. May grow memory, which detaches views of it. */
export function allocate(wasm: AssemblyExports, bytes: number): number {
  if (bytes > mostBytes) return 0;
  try {
    return wasm.allocate(Math.max(16, bytes)) >>> 0;
  } catch {
    return 0;
  }
}
