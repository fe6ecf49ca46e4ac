import { readError } from "../../../base/errors.ts";
import {
  bool,
  dictionary,
  float64,
  makeTable,
  utf8,
  type Column,
  type Table,
} from "../../../tables/index.ts";
import type { Hdf5 } from "./open-hdf5.ts";

/**
 * A data frame of an h5ad file (obs, var) as a table whose first column, `key`, is its index. Reads anndata 0.5 (one
 * compound dataset, categories in uns), 0.7 (groups, categories beside) and later (categoricals and nullable columns as
 * groups). Columns of other kinds are left out and named in `skipped`.
 */
export function readFrame(
  h5: Hdf5,
  path: string,
  key: string,
): { table: Table; skipped: string[] } {
  const columns: [string, Column][] = [];
  const skipped: string[] = [];
  const taken = new Set([key]);
  const add = (name: string, column: Column | null): void => {
    if (column === null) {
      skipped.push(name);
      return;
    }
    let free = name;
    for (let k = 1; taken.has(free); ++k) free = `${name}_${k}`;
    taken.add(free);
    columns.push([free, column]);
  };
  let index: string[];
  if (h5.kind(path) === "dataset") {
    const records = h5.records(path);
    const name = ["index", "_index"].find((n) => records.has(n)) ?? [...records.keys()][0];
    index = (records.get(name) ?? []).map((v) => (v === null ? "" : String(v)));
    for (const [other, values] of records) {
      if (other === name) continue;
      const categories = `uns/${other}_categories`;
      if (values.every((v) => v === null)) add(other, null);
      else if (h5.kind(categories) === "dataset" && values.every((v) => typeof v === "number"))
        add(
          other,
          categorical(
            Float64Array.from(values as number[]),
            h5.strings(categories),
            h5,
            path,
            other,
          ),
        );
      else if (values.some((v) => typeof v === "string"))
        add(other, utf8(values.map((v) => (v === null ? null : String(v)))));
      else add(other, float64(values as number[]));
    }
  } else {
    const name = h5.attribute(path, "_index");
    const indexName = typeof name === "string" ? name : "_index";
    index = h5.strings(`${path}/${indexName}`);
    const order = h5.attribute(path, "column-order");
    const named = Array.isArray(order)
      ? order.map(String)
      : typeof order === "string"
        ? [order]
        : [];
    const all = h5.keys(path).filter((n) => n !== indexName && n !== "__categories");
    for (const other of [
      ...named.filter((n) => all.includes(n)),
      ...all.filter((n) => !named.includes(n)),
    ])
      add(other, readColumn(h5, path, other, index.length));
  }
  return { table: makeTable([[key, utf8(index)], ...columns]), skipped };
}

function readColumn(h5: Hdf5, frame: string, name: string, n: number): Column | null {
  const path = `${frame}/${name}`;
  const sized = <T extends ArrayLike<unknown>>(values: T): T => {
    if (values.length === n) return values;
    throw readError(`column has ${values.length} rows, not ${n}: ${path}`, {
      file: h5.file,
      expected: `${n} rows`,
    });
  };
  if (h5.kind(path) === "group") {
    if (h5.kind(`${path}/codes`) === "dataset" && h5.kind(`${path}/categories`) === "dataset")
      return categorical(
        sized(h5.numbers(`${path}/codes`)),
        h5.strings(`${path}/categories`),
        h5,
        frame,
        name,
      );
    if (h5.kind(`${path}/values`) === "dataset" && h5.kind(`${path}/mask`) === "dataset") {
      const mask = sized(h5.numbers(`${path}/mask`));
      const type = h5.type(`${path}/values`);
      if (type === "string")
        return utf8(sized(h5.strings(`${path}/values`)).map((v, i) => (mask[i] ? null : v)));
      const values = sized(h5.numbers(`${path}/values`));
      if (type === "boolean") return bool(Array.from(values, (v, i) => (mask[i] ? null : v === 1)));
      return float64(Float64Array.from(values, (v, i) => (mask[i] ? NaN : v)));
    }
    return null;
  }
  if (h5.kind(path) !== "dataset" || h5.shape(path).length !== 1) return null;
  const type = h5.type(path);
  if (type === "string") return utf8(sized(h5.strings(path)));
  if (type === "boolean") return bool(Array.from(sized(h5.numbers(path)), (v) => v === 1));
  if (type !== "number") return null;
  const values = sized(h5.numbers(path));
  const beside = `${frame}/__categories/${name}`;
  if (h5.kind(beside) === "dataset")
    return categorical(values, h5.strings(beside), h5, frame, name);
  return float64(Float64Array.from(values));
}

function categorical(
  codes: ArrayLike<number>,
  levels: readonly string[],
  h5: Hdf5,
  frame: string,
  name: string,
): Column {
  const out = Int32Array.from(codes, (code) => (code < 0 ? -1 : code));
  const wrong = out.find((code) => code >= levels.length);
  if (wrong !== undefined)
    throw readError(`category that is none of ${levels.length}: ${wrong}`, {
      file: h5.file,
      expected: `categories of ${frame}/${name}`,
    });
  return dictionary(out, levels);
}
