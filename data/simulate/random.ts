import { exp, log, logFactorial } from "./portable-math.ts";

/** A stream of random numbers that depends on its name alone, not on what was drawn elsewhere before. */
export interface Random {
  /** In (0, 1). */
  uniform(): number;
  /** A whole number from 0 up to n, n left out. */
  below(n: number): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
  /** Gamma of mean 1 and this shape (Marsaglia and Tsang 2000). */
  gamma(shape: number): number;
  /** Poisson of this mean: by products below 10, else by transformed rejection (Hörmann 1993). */
  poisson(mean: number): number;
  /** The items in a random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** The stream of that name: sfc32, its state made of the name's letters by four rounds of multiplicative hashing. */
export function random(name: string): Random {
  let [a, b, c, d] = hash(name);
  function next(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  }
  for (let i = 0; i < 12; ++i) next();
  const uniform = () => (next() + 0.5) / 4294967296;
  let spare: number | null = null;
  function normal(): number {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  }
  function gamma(shape: number): number {
    if (shape < 1) return (gamma(shape + 1) * (shape + 1) * exp(log(uniform()) / shape)) / shape;
    const third = shape - 1 / 3;
    const step = 1 / Math.sqrt(9 * third);
    for (;;) {
      const x = normal();
      const root = 1 + step * x;
      if (root <= 0) continue;
      const cube = root * root * root;
      if (log(uniform()) < 0.5 * x * x + third - third * cube + third * log(cube))
        return (third * cube) / shape;
    }
  }
  function poisson(mean: number): number {
    if (!(mean > 0)) return 0;
    if (mean < 10) {
      const limit = exp(-mean);
      let product = uniform();
      let n = 0;
      while (product > limit) {
        product *= uniform();
        ++n;
      }
      return n;
    }
    const width = 0.931 + 2.53 * Math.sqrt(mean);
    const skew = -0.059 + 0.02483 * width;
    const inverse = 1.1239 + 1.1328 / (width - 3.4);
    const accept = 0.9277 - 3.6224 / (width - 2);
    for (;;) {
      const u = uniform() - 0.5;
      const v = uniform();
      const edge = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * skew) / edge + width) * u + mean + 0.43);
      if (edge >= 0.07 && v <= accept) return k;
      if (k < 0 || (edge < 0.013 && v > edge)) continue;
      if (
        log((v * inverse) / (skew / (edge * edge) + width)) <=
        k * log(mean) - mean - logFactorial(k)
      )
        return k;
    }
  }
  const below = (n: number) => Math.floor(uniform() * n);
  return {
    uniform,
    below,
    normal,
    gamma,
    poisson,
    shuffled(items) {
      const out = [...items];
      for (let i = out.length - 1; i > 0; --i) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j], out[i]];
      }
      return out;
    },
  };
}

function hash(text: string): [number, number, number, number] {
  const state: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  const factors = [597399067, 2869860233, 951274213, 2716044179];
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    for (let k = 0; k < 4; ++k)
      state[k] = state[(k + 1) & 3] ^ Math.imul(state[k] ^ code, factors[k]);
  }
  for (let k = 0; k < 4; ++k) state[k] = Math.imul(state[k] ^ (state[k] >>> 15), factors[k]);
  return state;
}
