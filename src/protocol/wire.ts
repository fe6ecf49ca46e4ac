import { isTable, tableFromBytes, tableToBytes, type Table } from "../tables/index.ts";

/** An Arrow table as IPC bytes. */
export interface WireTable {
  readonly $: "table";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A handle to what stays in the engine, with what the stage may know of it at once. */
export interface WireHandle {
  readonly $: "experiment" | "database" | "fit";
  readonly id: number;
  readonly info: unknown;
}

/** A file: one attached under a name, or one that the reader chose in a control. */
export interface WireFile {
  readonly $: "file";
  readonly name: string;
  readonly blob?: Blob;
}

/** A handle, table or file that a value may hold somewhere inside. */
export type WireItem = WireTable | WireHandle | WireFile;

/** Replaces a value that can't be cloned by one that can; undefined leaves it to the walk. */
export type Replacer = (value: object) => unknown;

/**
 * A value made ready for the port: tables become IPC bytes and whatever `replace` knows becomes what it
 * returns, anywhere inside arrays and plain objects. The buffers to transfer are added to `transfer`.
 */
export function encode(value: unknown, replace: Replacer, transfer: Transferable[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const other = replace(value);
  if (other !== undefined) return encodeItem(other, transfer);
  if (isTable(value)) {
    const bytes = tableToBytes(value as Table) as Uint8Array<ArrayBuffer>;
    transfer.push(bytes.buffer);
    return { $: "table", bytes } satisfies WireTable;
  }
  if (Array.isArray(value)) return value.map((item) => encode(item, replace, transfer));
  if (isPlain(value)) {
    const out: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) out[key] = encode(item, replace, transfer);
    return out;
  }
  return value;
}

/** The value again: bytes become tables, and `revive` answers handles and files. */
export function decode(value: unknown, revive: (item: WireHandle | WireFile) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const item = value as Partial<WireItem>;
  if (item.$ === "table") return tableFromBytes((item as WireTable).bytes);
  if (item.$ === "experiment" || item.$ === "database" || item.$ === "fit" || item.$ === "file")
    return revive(item as WireHandle | WireFile);
  if (Array.isArray(value)) return value.map((entry) => decode(entry, revive));
  if (isPlain(value)) {
    const out: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) out[key] = decode(entry, revive);
    return out;
  }
  return value;
}

function encodeItem(item: unknown, transfer: Transferable[]): unknown {
  const handle = item as Partial<WireHandle>;
  if ((handle?.$ === "experiment" || handle?.$ === "fit") && handle.info)
    return { ...handle, info: encode(handle.info, () => undefined, transfer) };
  return item;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
