import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { openStream, utf8Stream, type ByteSource } from "../../bytes/index.ts";
import { characteristic, newSample, type GeoSample } from "./sample-sheet.ts";

/** What stands above the table of a series matrix, and where the table begins. */
export interface SeriesHead {
  readonly title: string;
  readonly accession: string | null;
  readonly types: readonly string[];
  readonly samples: readonly GeoSample[];
  /** Lines above the table, its begin mark included. */
  readonly lines: number;
  /** Bytes of the inflated text (without a byte order mark) above the table; null where no table begins. */
  readonly tableAt: number | null;
}

const longestHead = 1 << 26;

/** Reads a series matrix down to its table. */
export async function seriesHead(source: ByteSource, call: CallOptions = {}): Promise<SeriesHead> {
  const file = source.name;
  const { stream } = await openStream(source, { signal: call.signal });
  const reader = utf8Stream(stream).getReader();
  const mark = new TextEncoder().encode("!series_matrix_table_begin");
  let bytes: Uint8Array = new Uint8Array(1 << 16);
  let n = 0;
  let tableAt: number | null = null;
  try {
    for (let from = 0; tableAt === null;) {
      const { done, value } = await reader.read();
      if (value !== undefined) {
        if (n + value.length > bytes.length) {
          const more = new Uint8Array(2 * (n + value.length));
          more.set(bytes.subarray(0, n));
          bytes = more;
        }
        bytes.set(value, n);
        n += value.length;
      }
      for (let at = from; at < n;) {
        const end = bytes.subarray(0, n).indexOf(10, at);
        if (end < 0 && !done) break;
        if (mark.every((byte, i) => bytes[at + i] === byte)) {
          tableAt = end < 0 ? n : end + 1;
          break;
        }
        if (end < 0) break;
        from = at = end + 1;
      }
      if (done) break;
      if (n > longestHead)
        throw readError(`a series matrix whose table never begins: ${file}`, {
          file,
          line: 1,
          expected: "!series_matrix_table_begin",
        });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const head = new TextDecoder().decode(bytes.subarray(0, tableAt ?? n));
  return { ...parseHead(head, file), tableAt };
}

function parseHead(head: string, file: string): Omit<SeriesHead, "tableAt"> {
  const lines = head.split(/\r\n|\n/);
  let title = "";
  let accession: string | null = null;
  const types: string[] = [];
  const rows: { name: string; values: string[]; line: number }[] = [];
  lines.forEach((line, i) => {
    const [name, ...values] = line.split("\t");
    const plain = values.map((value) =>
      value
        .trim()
        .replace(/^"([^]*)"$/, "$1")
        .replaceAll('""', '"'),
    );
    if (name === "!Series_title") title = plain[0] ?? "";
    else if (name === "!Series_geo_accession") accession = plain[0] ?? null;
    else if (name === "!Series_type") types.push(plain[0] ?? "");
    else if (name.startsWith("!Sample_"))
      rows.push({ name: name.slice(8), values: plain, line: i + 1 });
  });
  const ids = rows.find((row) => row.name === "geo_accession");
  if (ids === undefined)
    throw readError(`a series matrix without samples: ${file}`, {
      file,
      line: lines.length,
      expected: "a line !Sample_geo_accession",
    });
  const samples = ids.values.map(newSample);
  for (const { name, values, line } of rows) {
    if (values.length !== samples.length)
      throw readError(`line has ${values.length} samples, not ${samples.length}: !Sample_${name}`, {
        file,
        line,
        expected: `${samples.length} values`,
      });
    values.forEach((value, i) => {
      if (value === "") return;
      const sample = samples[i];
      if (name === "title") sample.title = value;
      else if (name === "source_name_ch1") sample.source = value;
      else if (name === "organism_ch1") sample.organism = value;
      else if (name === "description") sample.description ??= value;
      else if (/^characteristics_ch\d$/.test(name))
        sample.characteristics.push(characteristic(value));
    });
  }
  return { title, accession, types, samples, lines: lines.length - 1 };
}
