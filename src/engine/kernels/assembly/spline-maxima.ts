/** An interpolating spline's knots and what does not depend on its values, with room for one: set from outside, field by field. */
@unmanaged
class SplinePlan {
  nPoints: i32;
  nKnots: i32;
  /** float64, nPoints each: knots, steps, their inverses, the elimination and the inverse diagonal. */
  x: usize;
  h: usize;
  perStep: usize;
  eliminated: usize;
  perDiagonal: usize;
  /** float64, nPoints each: room. */
  sigma: usize;
  slopes: usize;
  row: usize;
  /** float64: where averages are known, and these, nKnots x nPoints. */
  knots: usize;
  averages: usize;
}

function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

/**
 * The twin of what sharedDispersions and taggedDispersions do for each gene: where the averages at its abundance are largest (into `shared`), and where
 * its own values are (into `own`); with weights, one or one a gene, where the weighted sum of both is (into `shared` alone).
 */
export function splineMaxima(
  address: usize,
  values: usize,
  nGenes: i32,
  abundances: usize,
  weights: usize,
  weightStep: i32,
  shared: usize,
  own: usize,
): void {
  const m = changetype<SplinePlan>(address);
  for (let g = 0; g < nGenes; ++g) {
    const mine = values + ((<usize>g * <usize>m.nPoints) << 3);
    averagesAt(m, at(abundances, g));
    if (weights) {
      const weight = at(weights, g * weightStep);
      if (weight < Infinity)
        for (let i = 0; i < m.nPoints; ++i) put(m.row, i, at(m.row, i) * weight + at(mine, i));
    } else put(own, g, maximum(m, mine));
    put(shared, g, maximum(m, m.row));
  }
}

/** See averagesAt in kernels/local-constant.ts. */
function averagesAt(m: SplinePlan, place: f64): void {
  let low = 0;
  let high = m.nKnots - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(m.knots, middle) <= place) low = middle;
    else high = middle;
  }
  const from = at(m.knots, low);
  const share = high == low ? 0 : (place - from) / (at(m.knots, high) - from);
  for (let c = 0; c < m.nPoints; ++c) {
    const a = at(m.averages, low * m.nPoints + c);
    put(m.row, c, a + share * (at(m.averages, high * m.nPoints + c) - a));
  }
}

/** See makeSplineMaximiser in kernels/maximise-spline.ts. */
function maximum(m: SplinePlan, y: usize): f64 {
  const n = m.nPoints;
  const sigma = m.sigma;
  const slopes = m.slopes;
  for (let i = 0; i < n - 1; ++i) put(slopes, i, (at(y, i + 1) - at(y, i)) * at(m.perStep, i));
  for (let i = 1; i < n - 1; ++i) put(sigma, i, at(slopes, i) - at(slopes, i - 1));
  put(sigma, 0, at(m.h, 0) * at(m.h, 0) * third(m, 0));
  put(sigma, n - 1, -at(m.h, n - 2) * at(m.h, n - 2) * third(m, n - 4));
  let last = at(sigma, 0);
  for (let i = 1; i < n; ++i) {
    last = at(sigma, i) - at(m.eliminated, i) * last;
    put(sigma, i, last);
  }
  last *= at(m.perDiagonal, n - 1);
  put(sigma, n - 1, last);
  for (let i = n - 2; i >= 0; --i) {
    last = (at(sigma, i) - at(m.h, i) * last) * at(m.perDiagonal, i);
    put(sigma, i, last);
  }
  let top = 0;
  for (let i = 1; i < n; ++i) if (at(y, i) > at(y, top)) top = i;
  let best = at(m.x, top);
  let most = at(y, top);
  const end = min(n - 2, top);
  for (let i = max(0, top - 1); i <= end; ++i) {
    const h = at(m.h, i);
    const b = at(slopes, i) - h * (at(sigma, i + 1) + 2 * at(sigma, i));
    const c = 3 * at(sigma, i);
    const d = (at(sigma, i + 1) - at(sigma, i)) / h;
    const root = c * c - 3 * d * b;
    if (root < 0) continue;
    const t = c < 0 ? -b / (c - sqrt(root)) : (-c - sqrt(root)) / (3 * d);
    if (!(t > 0 && t < h)) continue;
    const value = at(y, i) + t * (b + t * (c + t * d));
    if (value > most) {
      most = value;
      best = at(m.x, i) + t;
    }
  }
  return best;
}

function second(m: SplinePlan, i: i32): f64 {
  return (at(m.slopes, i + 1) - at(m.slopes, i)) / (at(m.x, i + 2) - at(m.x, i));
}

function third(m: SplinePlan, i: i32): f64 {
  return (second(m, i + 1) - second(m, i)) / (at(m.x, i + 3) - at(m.x, i));
}
