import { argumentError, EngrailedError, readError } from "../../base/errors.ts";
import { throwIfAborted } from "../../base/progress.ts";
import { column, columnNames, makeTable, strings, utf8, type Column } from "../../tables/index.ts";
import type { ByteSource, ReadCall } from "../bytes/index.ts";
import { plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";
import {
  openReader,
  type Reader,
  type ReadOptions,
  type ReadParts,
  type Sheet,
} from "../readers/index.ts";
import { groupMtx } from "../readers/mtx/group-sets.ts";
import { sampleName } from "../readers/quantified/sample-name.ts";
import { expandArchives } from "./expand-archives.ts";

/** What the counts files hold: their parts in order, and a sample sheet where one lay among them. */
export interface ReadFiles {
  readonly parts: readonly ReadParts[];
  readonly sheet: Sheet | null;
  readonly report: readonly ReportLine[];
}

/** Formats that describe samples and hold no counts. */
const sheets = new Set(["miniml", "soft"]);

/**
 * Reads counts files of any formats: archives are opened, the three files of a 10x matrix put together, per-sample files
 * named by their file. Barcodes of several matrices get the matrix's name before them, and it becomes the column library.
 */
export async function readFiles(
  given: readonly ByteSource[],
  format: string | undefined,
  options: ReadOptions,
  call: ReadCall = {},
): Promise<ReadFiles> {
  const { files, report } = await expandArchives(given, call);
  const { sets, others } = groupMtx(files);
  const parts: ReadParts[] = [];
  const total = sets.length + others.length;
  const step = (label: string): ReadCall => ({
    signal: call.signal,
    inflate: call.inflate,
    onProgress:
      total === 1
        ? call.onProgress
        : call.onProgress && (() => call.onProgress!({ label, done: parts.length, total })),
  });
  if (sets.length > 0) {
    const { readMtxSet } = await import("../readers/mtx/read-set.ts");
    for (const set of sets) {
      const part = await guarded(set.matrix.name, () =>
        readMtxSet(set, step(`Reading ${set.matrix.name}`)),
      );
      parts.push(total > 1 ? inLibrary(part, sampleName(`${set.prefix}matrix`).id) : part);
      throwIfAborted(call.signal);
    }
  }
  let sheet: Sheet | null = null;
  let like: ReadOptions["like"];
  for (const file of others) {
    const reader: Reader = await openReader(file, format, call);
    if (options.sheet !== undefined && reader.sheets !== true)
      throw argumentError(
        `readExperiment: no workbook to take a sheet of: ${String(options.sheet)}`,
        {
          help: `${file.name} holds one table only: leave sheet out.`,
        },
      );
    if (sheets.has(reader.format) && total > 1 && sheet === null) {
      sheet = await guarded(file.name, () => reader.readSheet(file, call));
      continue;
    }
    const part = await guarded(file.name, () =>
      reader.read(file, { ...options, like }, step(`Reading ${file.name}`)),
    );
    if (total > 1 && columnNames(part.genes).length === 1)
      like ??= { genes: part.genes, ids: strings(part.genes, "gene_id") as string[] };
    parts.push(
      total > 1 && reader.format === "hdf5" && part.format === "hdf5"
        ? inLibrary(part, sampleName(file.name).id)
        : total > 1
          ? namedByFile(part)
          : part,
    );
    throwIfAborted(call.signal);
  }
  if (parts.length === 0)
    throw readError(
      `no counts: ${given
        .map((file) => file.name)
        .join(", ")
        .slice(0, 200)}`,
      {
        file: given[0].name,
        expected: "tables of counts",
      },
    );
  return { parts, sheet, report: [...report, ...(sheet === null ? [] : [sheetFound(sheet)])] };
}

/** What a reader throws unawares (no memory, most of all) as a ReadError of the file. */
async function guarded<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof RangeError) || cause instanceof EngrailedError) throw cause;
    throw readError(`file is too large to hold: ${file}`, {
      file,
      expected: "an experiment that fits into memory",
      help: "Take fewer samples, or sum cells to samples before.",
      cause,
    });
  }
}

function sheetFound(sheet: Sheet): ReportLine {
  return reportLine(
    "info",
    "sheet-found",
    `${sheet.file} describes ${plural(sheet.nRows, "sample")}: it was taken as the sample sheet.`,
    sheet.nRows,
    null,
  );
}

function inLibrary(part: ReadParts, library: string): ReadParts {
  const ids = strings(part.samples, "sample_id") as string[];
  const others = columnNames(part.samples).filter(
    (name) => name !== "sample_id" && name !== "library",
  );
  return {
    ...part,
    samples: makeTable([
      ["sample_id", utf8(ids.map((id) => `${library}_${id}`))],
      ["library", utf8(ids.map(() => library))],
      ...others.map((name): [string, Column] => [name, column(part.samples, name)]),
    ]),
  };
}

const generic =
  /^(v?\d+|counts?|raw_?counts?|expected_?count|reads?|num_?reads|value|expression|umis?)$/i;

/** A table of one sample whose column has a path or a word for a name: the file names the sample. */
function namedByFile(part: ReadParts): ReadParts {
  if (part.counts.nSamples !== 1 || part.format !== "table") return part;
  const id = String(column(part.samples, "sample_id").get(0));
  if (!/[\\/]|\.bam$/i.test(id) && !generic.test(id)) return part;
  const name = sampleName(part.file);
  return {
    ...part,
    samples: makeTable([
      ["sample_id", utf8([name.id])],
      ...(name.title === null ? [] : [["title", utf8([name.title])] as const]),
    ]),
  };
}
