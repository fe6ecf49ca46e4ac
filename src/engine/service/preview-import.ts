import { isAbortError, toPlain } from "../../base/errors.ts";
import { throwIfAborted } from "../../base/progress.ts";
import type {
  ImportFiles,
  ImportFound,
  ImportOptions,
  ImportPreview,
} from "../../protocol/import.ts";
import { columnKind, columnNames, hasColumn, levelsOf, strings } from "../../tables/index.ts";
import { fromBlob } from "../bytes/from-blob.ts";
import type { Experiment } from "../experiment/types.ts";
import type { OperationContext } from "./context.ts";
import { importSource } from "./import-source.ts";
import { readExperiment } from "./read-experiment.ts";
import { tableHead } from "./table-head.ts";

const mostLevels = 12;

/**
 * Reads the files as a cell would and says what came of it; files that make no experiment are no error here, but told in
 * `problem`, with how the sample names meet where that can be known.
 */
export async function previewImport(
  context: OperationContext,
  files: ImportFiles,
  options: ImportOptions,
): Promise<ImportPreview> {
  let experiment: Experiment | null = null;
  let problem: unknown = null;
  try {
    experiment = await readExperiment(context, importSource(files), options);
  } catch (error) {
    if (isAbortError(error)) throw error;
    problem = error;
  }
  throwIfAborted(context.signal);
  return {
    found: experiment && found(experiment),
    problem: problem === null ? null : toPlain(problem),
    join: await joinOf(context, files, options, experiment),
  };
}

/** Where the joining failed, the counts are read without the sheet, so that both sides can be shown. */
async function joinOf(
  context: OperationContext,
  files: ImportFiles,
  options: ImportOptions,
  experiment: Experiment | null,
) {
  if (files.samples.length === 0) return null;
  const { join: _join, sampleId: _sampleId, reference: _reference, ...rest } = options;
  try {
    const counts =
      experiment ??
      (await readExperiment(context, importSource({ ...files, samples: [] }), {
        ...rest,
        duplicates: options.duplicates ?? "first",
      }));
    const ids = strings(counts.samples, "sample_id") as string[];
    const sheets = files.samples.map(({ name, blob }) => fromBlob(blob, name));
    return await context.reading.join(ids, sheets, options, context);
  } catch (error) {
    if (isAbortError(error)) throw error;
    return null;
  }
}

function found(experiment: Experiment): ImportFound {
  const { title, organism, kind, counts, genes, samples, report } = experiment;
  const factors = columnNames(samples)
    .filter((name, j) => {
      const type = columnKind(samples.getChildAt(j)!);
      return name !== "sample_id" && (type === "string" || type === "factor");
    })
    .map((name) => ({ name, levels: levelsOf(samples, name).levels }))
    .filter(
      ({ levels }) =>
        levels.length >= 2 && levels.length <= mostLevels && levels.length < counts.nSamples,
    );
  return {
    title,
    organism,
    kind,
    shape: { genes: counts.nGenes, samples: counts.nSamples },
    genes: tableHead(genes, 5, 6),
    samples: tableHead(samples),
    report,
    factors,
    gene: tellingGene(experiment),
  };
}

/** The gene whose values (square roots of them, but for logs) vary most between samples. */
function tellingGene({ counts, genes, kind }: Experiment): string | null {
  const { nGenes, nSamples, values } = counts;
  let best = -1;
  let most = 0;
  for (let g = 0, i = 0; g < nGenes; ++g) {
    let sum = 0;
    let squares = 0;
    for (let s = 0; s < nSamples; ++s, ++i) {
      const value = kind === "log" ? values[i] : Math.sqrt(values[i]);
      sum += value;
      squares += value * value;
    }
    const spread = squares - (sum * sum) / nSamples;
    if (spread > most) {
      most = spread;
      best = g;
    }
  }
  if (best < 0) return null;
  const symbol = hasColumn(genes, "symbol") ? genes.getChild("symbol")?.get(best) : null;
  return String(symbol || genes.getChild("gene_id")?.get(best));
}
