import { readError } from "../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import {
  column,
  columnKind,
  columnNames,
  float64,
  makeTable,
  strings,
  utf8,
  type Column,
} from "../../tables/index.ts";
import { keyIndex } from "../experiment/key-index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import { columnsToRows } from "../experiment/transpose.ts";
import type { ReportLine } from "../experiment/types.ts";
import type { ReadParts } from "../readers/index.ts";

/**
 * Several counts files as one: the samples of all, side by side, over the same genes (in any order, each once). A gene
 * that one file has and another lacks, and a sample id in two files, are ReadErrors that name them. Sample columns of all
 * are kept; lengths that quantifiers measured become the gene column `length`, their mean over the samples.
 */
export async function mergeCounts(
  parts: readonly ReadParts[],
  call: CallOptions = {},
): Promise<ReadParts> {
  const [first, ...others] = parts;
  if (others.length === 0) return withLength(first, [first], [null]);
  const ids = strings(first.genes, "gene_id") as string[];
  const orders = parts.map((part, p) => (p === 0 ? null : orderOf(part, ids, first)));
  const names = parts.map((part) => strings(part.samples, "sample_id") as string[]);
  const all = names.flat();
  const twice =
    all.length === new Set(all).size ? undefined : all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) {
    const where = parts.filter((_, i) => names[i].includes(twice)).map((part) => part.file);
    throw readError(`two files have one sample: ${twice}`, {
      file: where.at(-1),
      help: `It stands in ${firstFew(where)}.`,
    });
  }
  const kinds = new Set(parts.map((part) => part.kind));
  if (kinds.size > 1)
    throw readError(`files are of different kinds: ${[...kinds].map(String).join(", ")}`, {
      file: first.file,
    });
  const strand = new Set(
    parts.flatMap(({ report }) =>
      report.filter(({ code }) => code.startsWith("star-")).map(({ code }) => code),
    ),
  );
  if (strand.size > 1)
    throw readError(
      `files of different strands: ${[...strand].map((code) => code.slice(5)).join(", ")}`,
      {
        file: first.file,
        help: 'Say which column of STAR is meant with sheet: "unstranded", "forward" or "reverse".',
      },
    );
  const facts = parts.map((part) => part.facts);
  const merged: ReadParts = {
    ...first,
    counts: {
      nGenes: ids.length,
      nSamples: all.length,
      values: await joinValues(parts, orders, ids.length, all.length, call),
    },
    samples: joinSampleColumns(parts, all),
    report: [
      ...joinReports(parts),
      reportLine(
        "info",
        "files-joined",
        `${plural(parts.length, "file")} joined by gene id: ${firstFew(parts.map((part) => part.file))}.`,
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
  return withLength(merged, parts, orders);
}

async function joinValues(
  parts: readonly ReadParts[],
  orders: readonly (Int32Array | null)[],
  nGenes: number,
  nSamples: number,
  call: CallOptions,
): Promise<Int32Array | Float64Array> {
  const whole = parts.every((part) => part.counts.values instanceof Int32Array);
  const values = whole ? new Int32Array(nGenes * nSamples) : new Float64Array(nGenes * nSamples);
  if (parts.every((part) => part.counts.nSamples === 1)) {
    const columns = parts.map(({ counts }, p) => {
      const order = orders[p];
      return order === null ? counts.values : reordered(counts.values, order);
    });
    await columnsToRows(columns, values, 0, nGenes, call);
    return values;
  }
  let from = 0;
  for (const [p, { counts }] of parts.entries()) {
    const width = counts.nSamples;
    const order = orders[p];
    for (let g = 0; g < nGenes; ++g) {
      const row = (order === null ? g : order[g]) * width;
      values.set(counts.values.subarray(row, row + width), g * nSamples + from);
    }
    from += width;
    await pause();
    throwIfAborted(call.signal);
  }
  return values;
}

function reordered(
  values: Int32Array | Float64Array,
  order: Int32Array,
): Int32Array | Float64Array {
  const out = values.slice(0, order.length);
  for (let g = 0; g < order.length; ++g) out[g] = values[order[g]];
  return out;
}

/** The sample columns of all parts by name; what a part lacks is missing. */
function joinSampleColumns(parts: readonly ReadParts[], ids: readonly string[]) {
  const names = [...new Set(parts.flatMap((part) => columnNames(part.samples)))];
  const columns = names.map((name): [string, Column] => {
    if (name === "sample_id") return [name, utf8(ids)];
    const numeric = parts.every(
      ({ samples }) =>
        !columnNames(samples).includes(name) ||
        ["number", "integer"].includes(columnKind(column(samples, name))),
    );
    const texts = parts.flatMap(({ samples }) =>
      columnNames(samples).includes(name)
        ? strings(samples, name)
        : Array.from<string | null>({ length: samples.numRows }).fill(null),
    );
    return [
      name,
      numeric ? float64(texts.map((v) => (v === null ? null : Number(v)))) : utf8(texts),
    ];
  });
  return makeTable(columns);
}

/** Lines of one code from many files as one line that counts them all. */
function joinReports(parts: readonly ReadParts[]): ReportLine[] {
  const byCode = new Map<string, ReportLine[]>();
  for (const part of parts)
    for (const line of part.report) byCode.set(line.code, [...(byCode.get(line.code) ?? []), line]);
  return [...byCode.values()].flatMap((lines) => {
    if (lines.length < 3) return lines;
    const [first] = lines;
    return [
      {
        ...first,
        n: lines.reduce((sum, line) => sum + line.n, 0),
        message: `${first.message} So too for ${plural(lines.length - 1, "other file")}.`,
      },
    ];
  });
}

function withLength(
  merged: ReadParts,
  parts: readonly ReadParts[],
  orders: readonly (Int32Array | null)[],
): ReadParts {
  if (!parts.every((part) => part.lengths)) return merged;
  const mean = new Float64Array(merged.counts.nGenes);
  parts.forEach(({ lengths }, p) => {
    const order = orders[p];
    for (let g = 0; g < mean.length; ++g)
      mean[g] += lengths![order === null ? g : order[g]] / parts.length;
  });
  const names = columnNames(merged.genes).filter((name) => name !== "length");
  return {
    ...merged,
    genes: makeTable([
      ...names.map((name): [string, Column] => [name, column(merged.genes, name)]),
      ["length", float64(mean)],
    ]),
    lengths: null,
  };
}

/** Row of each of `ids` in a part; null where they stand in the same order. */
function orderOf(part: ReadParts, ids: readonly string[], first: ReadParts): Int32Array | null {
  if (part.genes === first.genes) return null;
  const own = strings(part.genes, "gene_id") as string[];
  if (own.length === ids.length && own.every((id, g) => id === ids[g])) return null;
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
