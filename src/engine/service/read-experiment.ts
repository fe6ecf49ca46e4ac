import { argumentError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { isByteSource, sha256, type ByteSource } from "../bytes/index.ts";
import { experimentBytes } from "../experiment/memory.ts";
import { experimentKey } from "../experiment/experiment-key.ts";
import type { Experiment } from "../experiment/types.ts";
import { intake, type IntakeOptions, type IntakeSource } from "../intake/index.ts";
import type { OperationContext } from "./context.ts";
import { isOwnFile } from "./is-own-file.ts";

export type Source = ByteSource | Readonly<Record<string, ByteSource | readonly ByteSource[]>>;

const roles = ["counts", "samples", "genes", "transcripts"];

/** From this many values on the kernel workers get their copies at once; smaller and very large ones go when first asked for. */
const large = 250_000;
const veryLarge = 50_000_000;

/**
 * Reads an experiment, or returns the one that was made of the same bytes with the same options: files are
 * known by their SHA-256, so that a stopped or re-run notebook never reads again. Where nothing is kept yet the
 * files are summed after they were read, when the reader has what she waits for.
 */
export async function readExperiment(
  context: OperationContext,
  source: Source,
  options: object,
): Promise<Experiment> {
  const { read } = context;
  const files = filesOf(source);
  const key = async (call: CallOptions) => experimentKey(await sumsOf(files, call), options);
  const made = () => make(context, source as IntakeSource, options as IntakeOptions);
  if (read.bytes === 0) {
    const experiment = await made();
    read.setLater(key({}), experiment, experimentBytes(experiment));
    return experiment;
  }
  context.onProgress?.({ label: "checking files", done: 0, total: 0 });
  const name = await key(context);
  const known = await read.get(name);
  if (known) return known;
  const experiment = await made();
  read.set(name, experiment, experimentBytes(experiment));
  return experiment;
}

/** An Experiment file is read here, anything else in a reader worker. */
async function make(
  context: OperationContext,
  source: IntakeSource,
  options: IntakeOptions,
): Promise<Experiment> {
  const { pool, reading } = context;
  const onCounts = (counts: Experiment["counts"]) => {
    const n = counts.values.length;
    if (n >= large && n <= veryLarge) pool.hold(counts);
  };
  if (await isOwnFile(source, context))
    return intake(source, options, { ...context, inflate: pool.inflate, onCounts });
  const experiment = await reading.experiment(source, options, context);
  onCounts(experiment.counts);
  return experiment;
}

async function sumsOf(
  files: readonly [string, readonly ByteSource[]][],
  call: CallOptions,
): Promise<Record<string, string[]>> {
  const sums: Record<string, string[]> = {};
  for (const [role, list] of files) {
    sums[role] = [];
    for (const file of list) sums[role].push(`${file.name} ${await sha256(file, call)}`);
  }
  return sums;
}

function filesOf(source: Source): [string, readonly ByteSource[]][] {
  if (isByteSource(source)) return [["file", [source]]];
  if (typeof source !== "object" || source === null || Array.isArray(source))
    throw argumentError(`readExperiment: not a file: ${String(source)}`, {
      help: 'Give FileAttachment("counts.csv"), or {counts, samples} of such files.',
    });
  return Object.entries(source).map(([role, value]) => {
    if (!roles.includes(role))
      throw argumentError(`readExperiment: unknown part: ${role}`, {
        help: `Parts are ${roles.join(", ")}.`,
      });
    const list = Array.isArray(value) ? (value as readonly ByteSource[]) : [value as ByteSource];
    for (const file of list)
      if (!isByteSource(file))
        throw argumentError(`readExperiment: not a file: ${role}`, {
          help: `For example {${role}: FileAttachment("${role}.csv")}.`,
        });
    return [role, list];
  });
}
