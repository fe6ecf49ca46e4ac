import * as h5wasm from "h5wasm";

type Value =
  | string
  | number
  | readonly string[]
  | Int32Array
  | Float32Array
  | Float64Array
  | Int8Array
  | BigInt64Array;
/** Groups and datasets by path; `path@name` is an attribute, a pair [values, shape] a dataset of that shape. */
export type Layout = Readonly<Record<string, Value | readonly [Value, readonly number[]]>>;

interface FileSystem {
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
}

let made = 0;

/** The bytes of an HDF5 file of that layout. */
export async function hdf5(layout: Layout): Promise<Uint8Array> {
  const module = (await h5wasm.ready) as unknown as { FS: FileSystem };
  const path = `/made${++made}.h5`;
  const file = new h5wasm.File(path, "w");
  const groups = new Set<string>([""]);
  const group = (name: string): void => {
    if (groups.has(name)) return;
    const up = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
    group(up);
    file.create_group(name);
    groups.add(name);
  };
  for (const [place, given] of Object.entries(layout)) {
    const [name, attribute] = place.split("@");
    if (attribute !== undefined) {
      if (file.get(name === "" ? "/" : name) === null) group(name);
      const target = name === "" ? file : (file.get(name) as h5wasm.Group);
      target.create_attribute(attribute, given as never);
      continue;
    }
    if (name.includes("/")) group(name.slice(0, name.lastIndexOf("/")));
    const [data, shape] =
      Array.isArray(given) && given.length === 2 && Array.isArray(given[1])
        ? (given as [Value, number[]])
        : [given as Value, null];
    file.create_dataset({ name, data: data as never, ...(shape === null ? {} : { shape }) });
  }
  file.close();
  const bytes = module.FS.readFile(path).slice();
  module.FS.unlink(path);
  return bytes;
}
