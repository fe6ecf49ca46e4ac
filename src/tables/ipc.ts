import { tableFromIPC, tableToIPC, type Table } from "apache-arrow";

/** The table as an Arrow IPC stream: what crosses between the realms, transferred and not copied. */
export function tableToBytes(table: Table, format: "stream" | "file" = "stream"): Uint8Array {
  return tableToIPC(table, format);
}

/** The table of an Arrow IPC stream or file. Throws the library's own error for bytes that are neither. */
export function tableFromBytes(bytes: Uint8Array): Table {
  return tableFromIPC(bytes);
}
