import { at, copy, endOf, Model, put, startOf } from "./count-fields";
import { countDeviance, fitCountModel } from "./count-model";
import { profileCounts } from "./count-profile";

/** A value counts as none below this. */
const nothing: f64 = 1e-4;

/** Puts a gene's int32 counts where the samples stand (int32, one a sample); true where one is 0. */
function take(m: Model, counts: usize, places: usize, n: i32): bool {
  let zero = false;
  for (let s: usize = 0; s < (<usize>n) << 2; s += 4) {
    const count = load<i32>(counts + s);
    if (count == 0) zero = true;
    put(m.y, load<i32>(places + s), <f64>count);
  }
  return zero;
}

/** The same with a prior count for each place. */
function takeWith(m: Model, counts: usize, places: usize, n: i32, priors: usize): void {
  take(m, counts, places, n);
  for (let i = 0; i < m.n; ++i) put(m.y, i, at(m.y, i) + at(priors, i));
}

/** Of the last fit: how many samples have neither counts nor a mean; and the smallest mean, into `smallest`. */
let smallest: f64 = 0;
function countNothing(m: Model): i32 {
  let n = 0;
  smallest = Infinity;
  for (let k = 0; k < m.nRows; ++k) {
    const rate = at(m.rates, k);
    const to = endOf(m, k);
    for (let i = startOf(m, k); i < to; i += 8) {
      const size = load<f64>(m.sizes + i);
      // Filled up.
      if (size == 0) continue;
      const mean = size * rate;
      smallest = min(smallest, mean);
      if (mean < nothing && load<f64>(m.y + i) < nothing) ++n;
    }
  }
  return n;
}

/** The first coefficient of each gene's fit with prior counts at one dispersion. */
export function priorFits(
  model: usize,
  values: usize,
  nGenes: i32,
  n: i32,
  places: usize,
  priors: usize,
  dispersion: f64,
  out: usize,
): void {
  const m = changetype<Model>(model);
  for (let g = 0; g < nGenes; ++g) {
    takeWith(m, values + ((<usize>(g * n)) << 2), places, n, priors);
    fitCountModel(model, dispersion, false);
    put(out, g, at(m.beta, 0));
  }
}

/**
 * The twin of quasiFit but for degrees of freedom: `nothings` counts samples without counts or a mean, int32. `shown` and `plain` are genes x
 * coefficients.
 */
export function quasiFits(
  model: usize,
  prior: usize,
  values: usize,
  nGenes: i32,
  n: i32,
  places: usize,
  priors: usize,
  dispersions: usize,
  shown: usize,
  plain: usize,
  deviances: usize,
  leasts: usize,
  nothings: usize,
): void {
  const m = changetype<Model>(model);
  const withPrior = changetype<Model>(prior);
  const p = m.p;
  for (let g = 0; g < nGenes; ++g) {
    const counts = values + ((<usize>(g * n)) << 2);
    const dispersion = at(dispersions, g);
    takeWith(withPrior, counts, places, n, priors);
    fitCountModel(prior, dispersion, false);
    copy(shown + ((<usize>(g * p)) << 3), withPrior.beta, p);
    take(m, counts, places, n);
    // Fits of rows end at the maximum, so that where they start does not matter.
    if (m.grouped) copy(m.rates, withPrior.rates, m.nRows);
    fitCountModel(model, dispersion, <bool>m.grouped);
    copy(plain + ((<usize>(g * p)) << 3), m.beta, p);
    put(deviances, g, countDeviance(model));
    store<i32>(nothings + ((<usize>g) << 2), countNothing(m));
    put(leasts, g, smallest);
  }
}

/** Deviances of the null model, and for marked genes (bytes) the likelihood ratio with Poisson counts, NaN elsewhere. */
export function quasiNulls(
  model: usize,
  full: usize,
  values: usize,
  nGenes: i32,
  n: i32,
  places: usize,
  fullPlaces: usize,
  dispersions: usize,
  marks: usize,
  deviances: usize,
  ratios: usize,
): void {
  const m = changetype<Model>(model);
  const whole = changetype<Model>(full);
  for (let g = 0; g < nGenes; ++g) {
    const counts = values + ((<usize>(g * n)) << 2);
    take(m, counts, places, n);
    fitCountModel(model, at(dispersions, g), false);
    put(deviances, g, countDeviance(model));
    put(ratios, g, NaN);
    if (!load<u8>(marks + <usize>g)) continue;
    fitCountModel(model, 0, false);
    take(whole, counts, fullPlaces, n);
    fitCountModel(full, 0, false);
    put(ratios, g, max<f64>(0, countDeviance(model) - countDeviance(full)));
  }
}

/** Profiles of genes, genes x points; those in which a sample has neither counts nor a mean are marked (bytes) and left. */
export function profileGenes(
  model: usize,
  values: usize,
  nGenes: i32,
  n: i32,
  places: usize,
  pilot: f64,
  dispersions: usize,
  nPoints: i32,
  tables: usize,
  nTabled: i32,
  logGammas: usize,
  room: usize,
  out: usize,
  marks: usize,
): void {
  const m = changetype<Model>(model);
  for (let g = 0; g < nGenes; ++g) {
    let left = false;
    if (take(m, values + ((<usize>(g * n)) << 2), places, n)) {
      fitCountModel(model, pilot, false);
      left = countNothing(m) > 0;
    }
    store<u8>(marks + <usize>g, <u8>left);
    if (left) continue;
    profileCounts(model, dispersions, nPoints, tables, nTabled, logGammas, room);
    copy(out + ((<usize>(g * nPoints)) << 3), room, nPoints);
  }
}
