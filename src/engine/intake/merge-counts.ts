import { readError } from "../../base/errors.ts";
import { column, columnNames, makeTable, strings, utf8 } from "../../tables/index.ts";
import { keyIndex } from "../experiment/key-index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { ReadParts } from "../readers/index.ts";

/**
 * Several counts files as one: the samples of all, side by side, over the same genes (in any order, each once). A gene
 * that one file has and another lacks, and a sample id in two files, are ReadErrors that name them.
 */
export function mergeCounts(parts: readonly ReadParts[]): ReadParts {
  const [first, ...others] = parts;
  if (others.length === 0) return first;
  const ids = strings(first.genes, "gene_id") as string[];
  const orders = parts.map((part) => orderOf(part, ids, first));
  const names = parts.map((part) => strings(part.samples, "sample_id") as string[]);
  const all = names.flat();
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) {
    const where = parts.filter((_, i) => names[i].includes(twice)).map((part) => part.file);
    throw readError(`two files have one sample: ${twice}`, {
      file: where.at(-1),
      help: `It stands in ${firstFew(where)}.`,
    });
  }
  const nSamples = all.length;
  const whole = parts.every((part) => part.counts.values instanceof Int32Array);
  const n = ids.length * nSamples;
  const values = whole ? new Int32Array(n) : new Float64Array(n);
  let from = 0;
  parts.forEach(({ counts }, p) => {
    const width = counts.nSamples;
    for (let g = 0; g < ids.length; ++g) {
      const row = orders[p][g] * width;
      values.set(counts.values.subarray(row, row + width), g * nSamples + from);
    }
    from += width;
  });
  const kinds = new Set(parts.map((part) => part.kind));
  if (kinds.size > 1)
    throw readError(`files are of different kinds: ${[...kinds].map(String).join(", ")}`, {
      file: first.file,
    });
  const facts = parts.map((part) => part.facts);
  const extra = columnNames(first.samples).length > 1;
  return {
    ...first,
    file: first.file,
    counts: { nGenes: ids.length, nSamples, values },
    genes: makeTable(
      columnNames(first.genes).map((name) => [name, column(first.genes, name)] as const),
    ),
    samples: makeTable({ sample_id: utf8(all) }),
    report: [
      ...parts.flatMap((part) => part.report),
      reportLine(
        "info",
        "files-joined",
        `${plural(parts.length, "file")} joined by gene id: ${firstFew(parts.map((part) => part.file))}.${extra ? " Their own sample columns were left out." : ""}`,
        parts.length,
        first.file,
      ),
    ],
    facts: facts.every((f) => f !== null)
      ? {
          fractional: facts.reduce((sum, f) => sum + f.fractional, 0),
          negative: facts.reduce((sum, f) => sum + f.negative, 0),
          max: Math.max(...facts.map((f) => f.max)),
        }
      : null,
    firstFractional: parts.find((part) => part.firstFractional)?.firstFractional ?? null,
    firstNegative: parts.find((part) => part.firstNegative)?.firstNegative ?? null,
    lines: null,
  };
}

function orderOf(part: ReadParts, ids: readonly string[], first: ReadParts): Int32Array {
  const index = keyIndex(part.genes, "gene_id");
  const missing = ids.filter((id) => !index.has(id));
  const known = keyIndex(first.genes, "gene_id");
  const surplus = [...index.keys()].filter((id) => !known.has(id));
  if (missing.length > 0 || surplus.length > 0)
    throw readError(
      `files have different genes: ${firstFew(missing.length > 0 ? missing : surplus)}`,
      {
        file: part.file,
        expected: `the genes of ${first.file}`,
        help: `${plural(missing.length, "gene")} missing here, ${plural(surplus.length, "gene")} missing there.`,
      },
    );
  return Int32Array.from(ids, (id) => index.get(id)!);
}
