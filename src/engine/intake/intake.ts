import { argumentError, EngrailedError, readError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { column, columnNames, makeTable, strings } from "../../tables/index.ts";
import { archiveMembers, isByteSource, type ByteSource, type ReadCall } from "../bytes/index.ts";
import { makeExperiment } from "../experiment/make-experiment.ts";
import type { Experiment, ReportLine } from "../experiment/types.ts";
import { openReader, type ReadParts, type Sheet } from "../readers/index.ts";
import { applyReference } from "./apply-reference.ts";
import { checkIntakeOptions } from "./check-options.ts";
import { decideKind } from "./decide-kind.ts";
import { examine } from "./examine.ts";
import { joinGenes } from "./join-genes.ts";
import { joinSamples } from "./join-samples.ts";
import { mergeCounts } from "./merge-counts.ts";
import { readFiles } from "./read-files.ts";
import { resolveDuplicates } from "./resolve-duplicates.ts";
import { stackSheets } from "./stack-sheets.ts";
import type { IntakeOptions, IntakeSource } from "./types.ts";

/**
 * One experiment of one file, or of counts with a sample sheet and gene annotation, with a report of all that was
 * noticed. Sheets are joined by id in any order; kind is decided by option, then file, then values. A file that can't
 * be used ends in a ReadError that names file, line and column; a misspelt option in an ArgumentError; an abort at once.
 */
export async function intake(
  source: IntakeSource,
  options?: IntakeOptions,
  call: IntakeCall = {},
): Promise<Experiment> {
  const checked = checkIntakeOptions(options);
  const files = filesOf(source);
  let sheet = await readSheets(files.samples, call);
  const annotation = await readSheets(files.genes, call);
  const transcripts = await readSheets(files.transcripts, call);
  const gathered = await readFiles(
    files.counts,
    checked.format,
    { ...readOptions(checked, sheet), sheet: checked.sheet, transcripts },
    call,
  );
  const { parts } = gathered;
  sheet ??= gathered.sheet;
  for (const part of parts) checkRows(part);
  const unique = parts.length > 1 ? eachUnique(parts, checked) : parts;
  const whole = withUnique(await mergeCounts(unique, call), checked);
  const report: ReportLine[] = [...whole.report, ...gathered.report];
  const decided = decideKind(whole, checked.kind);
  report.push(...decided.report);
  let { genes, samples } = whole;
  if (annotation !== null) {
    const joined = joinGenes(genes, strings(genes, "gene_id") as string[], annotation, checked);
    genes = joined.genes;
    report.push(...joined.report);
  }
  if (sheet !== null) {
    const ids = strings(samples, "sample_id") as string[];
    const joined = joinSamples(samples, ids, sheet, checked);
    samples = joined.samples;
    report.push(...joined.report);
  }
  samples = applyReference(samples, checked.reference);
  const experiment = checkedExperiment({ ...whole, genes, samples, report }, decided.kind);
  throwIfAborted(call.signal);
  call.onCounts?.(experiment.counts);
  return { ...experiment, report: [...report, ...(await examine(experiment, call))] };
}

const roles = ["counts", "samples", "genes", "transcripts"] as const;
type Role = (typeof roles)[number];

/** `onCounts` is given the checked counts as soon as they stand, before they are examined for the report. */
export interface IntakeCall extends ReadCall {
  readonly onCounts?: (counts: Experiment["counts"]) => void;
}

interface Files {
  readonly counts: readonly ByteSource[];
  readonly samples: readonly ByteSource[];
  readonly genes: readonly ByteSource[];
  readonly transcripts: readonly ByteSource[];
}

function filesOf(source: IntakeSource): Files {
  if (isByteSource(source)) return { counts: [source], samples: [], genes: [], transcripts: [] };
  if (typeof source !== "object" || source === null)
    throw argumentError(`readExperiment: no file: ${String(source)}`, {
      help: "Give a FileAttachment, or {counts, samples, genes, transcripts}.",
    });
  const extra = Object.keys(source).find((key) => !roles.includes(key as Role));
  if (extra !== undefined)
    throw argumentError(`readExperiment: unknown part: ${extra}`, {
      help: "Parts are counts, samples, genes and transcripts.",
    });
  const list = (name: Role): readonly ByteSource[] => {
    const given = source[name];
    if (given === undefined) return [];
    const all = (Array.isArray(given) ? given : [given]) as readonly ByteSource[];
    const wrong = all.find((file) => !isByteSource(file));
    if (wrong !== undefined)
      throw argumentError(`readExperiment: ${name} is not a file: ${String(wrong)}`);
    return all;
  };
  const files = {
    counts: list("counts"),
    samples: list("samples"),
    genes: list("genes"),
    transcripts: list("transcripts"),
  };
  if (files.counts.length === 0) throw argumentError("readExperiment: no counts: 0 files");
  return files;
}

async function readSheets(files: readonly ByteSource[], call: CallOptions): Promise<Sheet | null> {
  if (files.length === 0) return null;
  const sheets: Sheet[] = [];
  for (const file of files) {
    const [only, ...rest] = (await archiveMembers(file, call)) ?? [file];
    if (only === undefined || rest.length > 0)
      throw readError(
        `an archive of ${rest.length + (only === undefined ? 0 : 1)} files is no table: ${file.name}`,
        {
          file: file.name,
          expected: "one file in it",
          help: "Unpack it and give the table inside.",
        },
      );
    const reader = await openReader(only, undefined, call);
    const sheet = await reader.readSheet(only, call);
    if (sheet.nRows === 0) throw readError(`no rows: ${file.name}`, { file: file.name, line: 2 });
    sheets.push(sheet);
  }
  return stackSheets(sheets);
}

/** What the reader is told; the sheet's names count as samples' only where a column of the counts can be one. */
function readOptions(options: IntakeOptions, sheet: Sheet | null) {
  const { geneId, symbol, sampleId, orientation, kind } = options;
  const isId = options.join === undefined || options.join === "id" || options.join === "title";
  const sampleIds = new Set<string>();
  if (sheet !== null && isId)
    for (const name of sampleId === undefined ? sheet.names.slice(0, 3) : [sampleId])
      if (sheet.names.includes(name))
        for (const text of sheet.text(name)) if (text !== null) sampleIds.add(text);
  const own =
    orientation === "samples" && (sheet === null || !sheet.names.includes(sampleId ?? ""));
  return { geneId, symbol, sampleId: own ? sampleId : undefined, orientation, kind, sampleIds };
}

function checkRows({ file, counts }: ReadParts): void {
  if (counts.nGenes === 0) throw readError(`no genes: ${file}`, { file });
  if (counts.nSamples === 0) throw readError(`no samples: ${file}`, { file });
}

/** Parts of the very genes of the first need no look of their own where that one had none twice. */
function eachUnique(parts: readonly ReadParts[], options: IntakeOptions): ReadParts[] {
  const first = withUnique(parts[0], options);
  const clean = first.genes === parts[0].genes;
  return parts.map((part, i) => {
    if (i === 0) return first;
    return clean && part.genes === first.genes ? part : withUnique(part, options);
  });
}

function withUnique(parts: ReadParts, { duplicates = "error" }: IntakeOptions): ReadParts {
  const { genes, counts, report } = resolveDuplicates(
    parts.genes,
    parts.counts,
    duplicates,
    parts.file,
    parts.lines,
  );
  return { ...parts, genes, counts, report: [...parts.report, ...report] };
}

function checkedExperiment(parts: ReadParts, kind: Experiment["kind"]): Experiment {
  const { file, counts, genes, samples, report, organism, metadata } = parts;
  const title = parts.title || file.replace(/\.(gz|bgz)$/i, "").replace(/\.[^.]+$/, "");
  try {
    return makeExperiment({
      title,
      organism,
      kind,
      counts,
      genes: ordered(genes, ["gene_id", "symbol"]),
      samples: ordered(samples, ["sample_id"]),
      report,
      metadata,
    });
  } catch (error) {
    if (!(error instanceof EngrailedError) || error.name !== "ArgumentError") throw error;
    throw readError(error.message, { ...error.details, file });
  }
}

function ordered(table: ReadParts["genes"], first: readonly string[]) {
  const names = columnNames(table);
  const order = [
    ...first.filter((name) => names.includes(name)),
    ...names.filter((name) => !first.includes(name)),
  ];
  if (order.every((name, i) => name === names[i])) return table;
  return makeTable(order.map((name) => [name, column(table, name)] as const));
}
