import { averageLogCpm, logCpmOf, priorCounts } from "./average-log-cpm.ts";
import { assemblyCountModel, type PlacedCountModel } from "./assembly-count-model.ts";
import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import type { Block } from "./block.ts";
import { dispersionProfile, pilotDispersion } from "./dispersion-profile.ts";
import { nullDesign, quasiFit } from "./quasi-fit.ts";
import { quasiNull } from "./quasi-null.ts";
import { risingTables } from "./rising-tables.ts";

/** Numbers to lay into the module's memory, or to find room for. */
type Piece = Float64Array | Int32Array | Uint8Array;

/**
 * Twins of the kernels that fit count models, for whole counts that stand in the module's memory: gene after gene in there, and by the TypeScript
 * kernel, with models in there, the genes that need more care (samples without counts or a mean) and blocks elsewhere.
 */
export function assemblyCountBlocks(wasm: AssemblyExports): {
  dispersionProfile: typeof dispersionProfile;
  averageLogCpm: typeof averageLogCpm;
  quasiFit: typeof quasiFit;
  quasiNull: typeof quasiNull;
} {
  const makeModel = assemblyCountModel(wasm);
  const isHere = ({ values }: Block) =>
    values instanceof Int32Array && values.buffer === wasm.memory.buffer;

  /** Makes models, lays pieces into memory and works with where they stand; null where there is no room. */
  function withPlaces<T>(
    designs: readonly (readonly [design: Float64Array, n: number, p: number])[],
    work: (placed: readonly NonNullable<PlacedCountModel["placed"]>[]) => T | null,
  ): T | null {
    const models = designs.map((design) => makeModel(...design));
    try {
      const placed = models.map((model) => model.placed);
      return placed.every((place) => place !== null) ? work(placed) : null;
    } finally {
      for (const model of models) model.release();
    }
  }

  /** Pieces one after the other, float64 first; `read` copies one out again. null where there is no room. */
  function lay<T>(
    pieces: readonly Piece[],
    work: (places: readonly number[], read: <P extends Piece>(piece: P) => P) => T,
  ): T | null {
    const place = allocate(
      wasm,
      pieces.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
    if (place === 0) return null;
    try {
      const { buffer } = wasm.memory;
      let next = place;
      const places = pieces.map((piece) => (next += piece.byteLength) - piece.byteLength);
      const bytesAt = (i: number) => new Uint8Array(buffer, places[i], pieces[i].byteLength);
      pieces.forEach((piece, i) =>
        bytesAt(i).set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength)),
      );
      return work(places, (piece) => {
        const i = pieces.indexOf(piece);
        new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength).set(bytesAt(i));
        return piece;
      });
    } finally {
      wasm.release(place);
    }
  }

  return {
    dispersionProfile(block, args) {
      const slowly = () => dispersionProfile(ownCopy(block), args, makeModel);
      const { design, nCoefficients: p, offsets, dispersions } = args;
      const { values, nGenes, nSamples: n } = block;
      if (!isHere(block) || dispersions.length === 0) return slowly();
      const counts = values.byteOffset;
      const nPoints = dispersions.length;
      const tables = risingTables(dispersions);
      const profile = new Float64Array(nGenes * nPoints);
      const marks = new Uint8Array(nGenes);
      const done = withPlaces([[design, n, p]], ([model]) => {
        const first = model.tablesAt(tables);
        if (first === 0) return null;
        return lay([profile, model.places, marks], ([out, places, marksAt], read) => {
          model.prepare(offsets);
          const even = (nPoints + 1) & ~1;
          wasm.profileGenes(
            model.address,
            counts,
            nGenes,
            n,
            places,
            pilotDispersion,
            first,
            nPoints,
            first + 24 * even,
            tables[0].values.length,
            first + 8 * even,
            first + 16 * even,
            out,
            marksAt,
          );
          read(profile);
          return read(marks);
        });
      });
      if (!done) return slowly();
      const left = placesOf(marks);
      if (left.length > 0) {
        const own = dispersionProfile(genesOf(wasm, block, counts, left), args, makeModel).profile;
        left.forEach((g, i) =>
          profile.set(own.subarray(i * nPoints, (i + 1) * nPoints), g * nPoints),
        );
      }
      return { profile };
    },

    averageLogCpm(block, args) {
      const slowly = () => averageLogCpm(ownCopy(block), args, makeModel);
      const { values, nGenes, nSamples: n } = block;
      if (!isHere(block)) return slowly();
      const counts = values.byteOffset;
      const { priors, offsets } = priorCounts(args.libraries);
      const found = new Float64Array(nGenes);
      const done = withPlaces([[new Float64Array(n).fill(1), n, 1]], ([model]) =>
        lay([found, atPlaces(priors, model), model.places], ([out, priorsAt, places], read) => {
          model.prepare(offsets);
          const { dispersion } = args;
          wasm.priorFits(model.address, counts, nGenes, n, places, priorsAt, dispersion, out);
          return read(found);
        }),
      );
      return done ? { logCpm: done.map(logCpmOf) } : slowly();
    },

    quasiFit(block, args) {
      const slowly = () => quasiFit(ownCopy(block), args, makeModel);
      const { design, nCoefficients: p, libraries, priorCount } = args;
      const { values, nGenes, nSamples: n, first = 0 } = block;
      if (!isHere(block)) return slowly();
      const counts = values.byteOffset;
      const dispersions = args.dispersions.slice(first, first + nGenes);
      const { priors, offsets } = priorCounts(libraries, priorCount);
      const coefficients = new Float64Array(nGenes * p);
      const plain = new Float64Array(nGenes * p);
      const deviance = new Float64Array(nGenes);
      const least = new Float64Array(nGenes);
      const nothings = new Int32Array(nGenes);
      const done = withPlaces(
        [
          [design, n, p],
          [design, n, p],
        ],
        ([model, prior]) => {
          const priorsHere = atPlaces(priors, model);
          const answers = [coefficients, plain, deviance, least];
          const pieces = [dispersions, priorsHere, ...answers, nothings, model.places];
          return lay(pieces, (at, read) => {
            model.prepare(libraries.map(Math.log));
            prior.prepare(offsets);
            const [dispersionsAt, priorsAt, shown, plainAt, deviances, leasts, none, places] = at;
            wasm.quasiFits(
              model.address,
              prior.address,
              counts,
              nGenes,
              n,
              places,
              priorsAt,
              dispersionsAt,
              shown,
              plainAt,
              deviances,
              leasts,
              none,
            );
            answers.forEach(read);
            return read(nothings);
          });
        },
      );
      if (!done) return slowly();
      const df = new Float64Array(nGenes).fill(n - p);
      const left = placesOf(nothings);
      if (left.length > 0) {
        const some = genesOf(wasm, block, counts, left);
        const own = Float64Array.from(left, (g) => dispersions[g]);
        const fit = quasiFit(some, { ...args, dispersions: own }, makeModel);
        left.forEach((g, i) => (df[g] = fit.df[i]));
      }
      return { coefficients, plain, deviance, df, least };
    },

    quasiNull(block, args) {
      const slowly = () => quasiNull(ownCopy(block), args, makeModel);
      const { design, nCoefficients: p, libraries, contrast, shifts, poisson } = args;
      const { values, nGenes, nSamples: n, first = 0 } = block;
      if (!isHere(block) || p < 2 || shifts.length !== 1 || shifts[0] !== 0) return slowly();
      const counts = values.byteOffset;
      const { reduced } = nullDesign(design, n, p, contrast);
      const offsets = libraries.map(Math.log);
      const dispersions = args.dispersions.slice(first, first + nGenes);
      const marks = poisson.slice(first, first + nGenes);
      const deviance = new Float64Array(nGenes);
      const poissonRatio = new Float64Array(nGenes);
      const done = withPlaces(
        [
          [reduced, n, p - 1],
          [design, n, p],
        ],
        ([model, full]) =>
          lay(
            [dispersions, deviance, poissonRatio, model.places, full.places, marks],
            ([dispersionsAt, out, ratios, places, fullPlaces, marksAt], read) => {
              model.prepare(offsets);
              full.prepare(offsets);
              wasm.quasiNulls(
                model.address,
                full.address,
                counts,
                nGenes,
                n,
                places,
                fullPlaces,
                dispersionsAt,
                marksAt,
                out,
                ratios,
              );
              read(poissonRatio);
              return read(deviance);
            },
          ),
      );
      return done ? { deviance, poissonRatio } : slowly();
    },
  };
}

/** A block outside the module's memory, which stays when that grows. */
function ownCopy(block: Block): Block {
  return { ...block, values: block.values.slice() };
}

/** Where something is not 0. */
function placesOf(marks: Uint8Array | Int32Array): number[] {
  const places: number[] = [];
  for (let g = 0; g < marks.length; ++g) if (marks[g] > 0) places.push(g);
  return places;
}

/** Some genes of a block whose values stand at `counts`, as a block of its own. */
function genesOf(
  wasm: AssemblyExports,
  { nSamples: n }: Block,
  counts: number,
  genes: readonly number[],
): Block {
  const values = new Int32Array(genes.length * n);
  genes.forEach((g, i) =>
    values.set(new Int32Array(wasm.memory.buffer, counts + 4 * g * n, n), i * n),
  );
  return { values, nGenes: genes.length, nSamples: n, first: 0 };
}

/** Numbers of samples where these stand in a model, 0 where it is filled up. */
function atPlaces(
  numbers: Float64Array,
  { places, nPlaces }: { readonly places: Int32Array; readonly nPlaces: number },
): Float64Array {
  const out = new Float64Array(nPlaces);
  places.forEach((place, s) => (out[place] = numbers[s]));
  return out;
}
