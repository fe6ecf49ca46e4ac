import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { textLines, type ByteSource } from "../bytes/index.ts";
import { characteristic, geoSheet, newSample, type GeoSample } from "./geo/sample-sheet.ts";
import { asSamples, holdsNoCounts } from "./sheet-only.ts";
import type { Reader, Sheet } from "./types.ts";

/** GEO's SOFT family file: the sample sheet of a series. Tables of platforms and samples in it are passed over. */
export const softReader: Reader = {
  format: "soft",
  async read(source) {
    throw holdsNoCounts(source, "a SOFT family file", asSamples);
  },
  readSheet: readSoft,
};

async function readSoft(source: ByteSource, call: CallOptions = {}): Promise<Sheet> {
  const file = source.name;
  const samples: GeoSample[] = [];
  let inSample = false;
  let inTable = false;
  for await (const lines of textLines(source, call))
    for (const line of lines) {
      if (inTable) {
        if (/^!(sample|platform)_table_end/i.test(line)) inTable = false;
        continue;
      }
      if (line.startsWith("^")) {
        const [, entity, name] = /^\^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
        inSample = entity?.toUpperCase() === "SAMPLE";
        if (inSample) samples.push(newSample(name.trim()));
        continue;
      }
      if (/^!(sample|platform)_table_begin/i.test(line)) inTable = true;
      if (!inSample) continue;
      const [, name, text] = /^!Sample_(\w+)\s*=\s*(.*)$/i.exec(line) ?? [];
      const value = text?.trim();
      const sample = samples.at(-1)!;
      if (!value) continue;
      if (name === "title") sample.title = value;
      else if (name === "source_name_ch1") sample.source = value;
      else if (name === "organism_ch1") sample.organism ??= value;
      else if (name === "description") sample.description ??= value;
      else if (/^characteristics_ch\d$/.test(name))
        sample.characteristics.push(characteristic(value));
    }
  if (samples.length === 0)
    throw readError(`no samples: ${file}`, { file, expected: "lines that begin with ^SAMPLE" });
  return geoSheet(samples, file);
}
