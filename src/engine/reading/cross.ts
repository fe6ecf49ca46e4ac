import { tableFromBytes, tableToBytes, type Table } from "../../tables/index.ts";
import { fromBlob, heldSource, isByteSource, type ByteSource } from "../bytes/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { SentExperiment, SentFile } from "./messages.ts";

/** An argument with the files in it (alone, in a list, by name) made ready to cross. */
export async function sendFiles(value: unknown): Promise<unknown> {
  if (isByteSource(value)) return sendFile(value);
  if (Array.isArray(value)) return Promise.all(value.map(sendFiles));
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  const entries = Object.entries(value).map(
    async ([key, item]) => [key, await sendFiles(item)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Files up to this size are fetched once: every read of a Blob asks another process, an archive's hundreds of times. */
const small = 8_000_000;

async function sendFile(source: ByteSource): Promise<SentFile> {
  const blob = source.blob ?? new Blob([await read(source)]);
  return { $file: source.name, blob };
}

async function read(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  return (await source.read(0, source.size)).slice();
}

/** The argument again, on the other side. */
export function receiveFiles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(receiveFiles);
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  const { $file, blob } = value as Partial<SentFile>;
  if ($file !== undefined && blob !== undefined) {
    const source = fromBlob(blob, $file);
    return blob.size <= small ? heldSource(source) : source;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, receiveFiles(item)]));
}

export function sendTable(table: Table): { sent: Uint8Array; transfer: Transferable[] } {
  const sent = tableToBytes(table);
  return { sent, transfer: [sent.buffer as ArrayBuffer] };
}

export function sendExperiment(experiment: Experiment): {
  sent: SentExperiment;
  transfer: Transferable[];
} {
  const genes = sendTable(experiment.genes);
  const samples = sendTable(experiment.samples);
  const { counts } = experiment;
  // A view that leaves little of its buffer out goes as it is: large counts are never copied.
  const own = counts.values.byteLength > 0.9 * counts.values.buffer.byteLength;
  const values = own ? counts.values : counts.values.slice();
  return {
    sent: {
      ...experiment,
      counts: { ...counts, values },
      genes: genes.sent,
      samples: samples.sent,
    },
    transfer: [values.buffer as ArrayBuffer, ...genes.transfer, ...samples.transfer],
  };
}

export function receiveExperiment(sent: SentExperiment): Experiment {
  return { ...sent, genes: tableFromBytes(sent.genes), samples: tableFromBytes(sent.samples) };
}
