import { EngrailedError, isAbortError, readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { readAll, type ByteSource } from "../../bytes/index.ts";

/** More elements than this are read nowhere at once. */
const mostElements = 2 ** 28;
/** Texts and records, which take far more memory each than numbers. */
const mostTexts = 2 ** 24;

/** An HDF5 file opened: what stands at a path, and its values as plain arrays. Every failure is a ReadError. */
export interface Hdf5 {
  readonly file: string;
  /** What stands at the path; null for nothing, and for links that lead nowhere or out of the file. */
  kind(path: string): "group" | "dataset" | null;
  keys(path: string): string[];
  /** Shape of a dataset; [] for a scalar. */
  shape(path: string): number[];
  /** An attribute as text, number or a list of these; null where there is none. */
  attribute(path: string, name: string): string | number | (string | number)[] | null;
  /** Numbers of a 1-D dataset, [from, to); 64-bit integers as float64. Of an enum, its codes. */
  numbers(path: string, from?: number, to?: number): Numbers;
  /** Rows [from, to) of a 2-D dataset, row by row. */
  rows(path: string, from: number, to: number): Numbers;
  strings(path: string): string[];
  /** What a dataset holds. */
  type(path: string): "number" | "string" | "boolean" | "compound" | "other";
  /** Columns of a compound dataset by member, in order. */
  records(path: string): Map<string, (string | number | null)[]>;
  close(): void;
}

export type Numbers =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

type Library = typeof import("h5wasm");

let opened = 0;

/**
 * Opens an HDF5 file with h5wasm, which is loaded when first needed. The file's bytes are held (inflated where gzipped),
 * its datasets are read in pieces. Close it to let go of the bytes.
 */
export async function openHdf5(source: ByteSource, call: CallOptions = {}): Promise<Hdf5> {
  const bytes = await readAll(source, call);
  const library = await import("h5wasm");
  const module = await library.ready;
  module.activate_throwing_error_handler();
  await addLzf(module);
  const path = `/file${++opened}.h5`;
  const guarded = guard(source.name);
  const { FS } = module as unknown as { FS: FileSystem };
  FS.createDataFile("/", path.slice(1), bytes, true, false, true);
  try {
    const file = guarded(() => new library.File(path, "r"));
    return reader(library, file, source.name, () => {
      try {
        file.close();
      } finally {
        FS.unlink(path);
      }
    });
  } catch (error) {
    FS.unlink(path);
    throw error;
  }
}

let lzf: Promise<void> | null = null;

/** Makes the filter known that h5py offers beside gzip, and that anndata's users chose: h5wasm has it apart. */
function addLzf(module: Awaited<Library["ready"]>): Promise<void> {
  lzf ??= import("h5wasm-plugins/plugins/libH5Zlzf.so?url&inline").then(({ default: url }) => {
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (c) => c.charCodeAt(0));
    const { FS } = module as unknown as { FS: FileSystem };
    FS.mkdirTree("/filters");
    FS.createDataFile("/filters", "libH5Zlzf.so", bytes, true, false, true);
    module.insert_plugin_search_path("/filters", 0);
  });
  return lzf;
}

interface FileSystem {
  mkdirTree(path: string): void;
  createDataFile(
    parent: string,
    name: string,
    data: Uint8Array,
    read: boolean,
    write: boolean,
    own: boolean,
  ): void;
  unlink(path: string): void;
}

function guard(file: string): <T>(run: () => T) => T {
  return (run) => {
    try {
      return run();
    } catch (cause) {
      if (cause instanceof EngrailedError || isAbortError(cause)) throw cause;
      const filter = /required filter '([^']+)' is not registered/.exec(String(cause))?.[1];
      if (filter !== undefined)
        throw readError(`hdf5 data packed in a way that can't be read: ${filter}`, {
          file,
          expected: "gzip, szip or lzf",
          help: 'Write the file again with compression = "gzip".',
        });
      throw readError(`broken hdf5 file: ${file}`, {
        file,
        offset: 0,
        expected: `an HDF5 file (${firstLine(cause)})`,
        help: "The file was damaged or only partly copied: get it again.",
        cause,
      });
    }
  };
}

function firstLine(cause: unknown): string {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  const found = lines.findLast((line) => /^\s+#\d+/.test(line)) ?? lines[0];
  return found.replace(/^.*?\(\): /, "").slice(0, 200);
}

function reader(
  library: Library,
  root: InstanceType<Library["File"]>,
  file: string,
  close: () => void,
): Hdf5 {
  const guarded = guard(file);
  const { Dataset, Group } = library;
  const entity = (path: string) => {
    try {
      return path === "" || path === "/" ? root : root.get(path);
    } catch {
      return null;
    }
  };
  const dataset = (path: string): InstanceType<Library["Dataset"]> => {
    const found = entity(path);
    if (found instanceof Dataset) return found;
    throw readError(`hdf5 file lacks a dataset: ${path}`, { file, expected: path });
  };
  const sized = (
    path: string,
    found: InstanceType<Library["Dataset"]>,
    most = mostElements,
  ): number[] => {
    const shape = (found.metadata.shape ?? []).map(Number);
    if (shape.reduce((a, b) => a * b, 1) > most || shape.some((n) => !(n >= 0)))
      throw readError(`hdf5 dataset is too large: ${path}`, {
        file,
        expected: `at most ${most.toLocaleString("en")} values`,
      });
    return shape;
  };
  const asNumbers = (value: unknown, path: string): Numbers => {
    if (value instanceof BigInt64Array || value instanceof BigUint64Array) return narrow(value);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as Numbers;
    if (typeof value === "number") return Float64Array.of(value);
    if (typeof value === "bigint") return Float64Array.of(Number(value));
    if (Array.isArray(value) && value.every((v) => typeof v === "number" || typeof v === "boolean"))
      return Float64Array.from(value, Number);
    throw readError(`hdf5 dataset holds no numbers: ${path}`, { file, expected: "numbers" });
  };
  return {
    file,
    kind(path) {
      const found = entity(path);
      return found instanceof Dataset ? "dataset" : found instanceof Group ? "group" : null;
    },
    keys(path) {
      const found = entity(path);
      return found instanceof Group ? guarded(() => found.keys()) : [];
    },
    shape: (path) => guarded(() => (dataset(path).metadata.shape ?? []).map(Number)),
    attribute(path, name) {
      return guarded(() => {
        const found = entity(path);
        if (!(found instanceof Group || found instanceof Dataset)) return null;
        const attribute = found.attrs[name];
        if (attribute === undefined) return null;
        return plain(attribute.value);
      });
    },
    numbers: (path, from, to) =>
      guarded(() => {
        const found = dataset(path);
        sized(path, found);
        return asNumbers(
          from === undefined ? found.value : found.slice([[from, to ?? null]]),
          path,
        );
      }),
    rows: (path, from, to) =>
      guarded(() => {
        const found = dataset(path);
        const shape = (found.metadata.shape ?? []).map(Number);
        if ((to - from) * (shape[1] ?? 1) > mostElements) sized(path, found);
        return asNumbers(found.slice([[from, to], []]), path);
      }),
    strings: (path) =>
      guarded(() => {
        const found = dataset(path);
        sized(path, found, mostTexts);
        const value = found.value;
        if (typeof value === "string") return [value];
        if (Array.isArray(value))
          return value.map((v) => (v === null || v === undefined ? "" : String(v)));
        return Array.from(asNumbers(value, path), String);
      }),
    type: (path) =>
      guarded(() => {
        const { type, enum_type: members } = dataset(path).metadata;
        if (type === 3) return "string";
        if (type === 6) return "compound";
        if (type === 8)
          return Object.keys(members?.members ?? {})
            .sort()
            .join() === "FALSE,TRUE"
            ? "boolean"
            : "number";
        return type === 0 || type === 1 ? "number" : "other";
      }),
    records: (path) =>
      guarded(() => {
        const found = dataset(path);
        sized(path, found, mostTexts);
        const members = found.metadata.compound_type?.members ?? [];
        const rows = found.value as unknown as unknown[][];
        const columns = new Map<string, (string | number | null)[]>();
        members.forEach((member, j) =>
          columns.set(
            member.name,
            rows.map((row) => {
              const value = row[j];
              if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
              return typeof value === "string" || typeof value === "number" ? value : null;
            }),
          ),
        );
        return columns;
      }),
    close,
  };
}

function plain(value: unknown): string | number | (string | number)[] | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (typeof value === "string" || typeof value === "number") return value;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    return Array.from(value, Number);
  if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array);
  if (Array.isArray(value)) return value.map((v) => (typeof v === "number" ? v : String(v)));
  return null;
}

/** 64-bit integers as int32 where all fit, else as float64. */
function narrow(values: BigInt64Array | BigUint64Array): Numbers {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const out = new Int32Array(values.length);
  for (let i = 0; i < out.length; ++i) {
    const low = words[2 * i];
    if (words[2 * i + 1] !== low >> 31) return Float64Array.from(values, Number);
    out[i] = low;
  }
  return out;
}
