import { readError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  makeTable,
  takeRows,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { isSymbolName } from "../experiment/gene-columns.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";
import type { Sheet } from "../readers/index.ts";

const version = /^(ENS[A-Z]*[GT]\d+)\.\d+/;

/**
 * Joins an annotation table to the genes by id, in any order; its id column is the one that knows the most genes. Where
 * fewer match as written, Ensembl versions (".12") are left aside. Genes it does not know get missing values and a line
 * in the report, of several rows of one id the first counts; an annotation that knows none is a ReadError.
 */
export function joinGenes(
  genes: Table,
  ids: readonly string[],
  sheet: Sheet,
  options: { readonly symbol?: string } = {},
): { genes: Table; report: ReportLine[] } {
  const { file } = sheet;
  const best = bestColumn(sheet, ids);
  if (best.matched === 0)
    throw readError(`the annotation knows none of the genes: ${firstFew(ids, 3)}`, {
      file,
      expected: "a column with the gene ids of the counts",
      help: `Its first column holds ${firstFew(sheet.text(sheet.names[0]).slice(0, 3).map(String), 3)}.`,
    });
  const plain = best.stripped ? bare : (id: string) => id;
  const rowOf = new Map<string, number>();
  let repeats = 0;
  const wanted = new Set(ids.map(plain));
  sheet.text(best.name).forEach((text, row) => {
    if (text === null || !wanted.has(plain(text))) return;
    if (rowOf.has(plain(text))) ++repeats;
    else rowOf.set(plain(text), row);
  });
  const rows = ids.map((id) => rowOf.get(plain(id)) ?? -1);
  const unknown = ids.filter((_, i) => rows[i] < 0);
  const added: [string, Column][] = [];
  const named = sheet.names.includes("symbol") && options.symbol === undefined;
  for (const name of sheet.names) {
    if (name === best.name) continue;
    const isSymbol =
      options.symbol === undefined ? !named && isSymbolName(name) : name === options.symbol;
    const as = isSymbol && !added.some(([other]) => other === "symbol") ? "symbol" : name;
    if (as !== "gene_id" && !added.some(([other]) => other === as))
      added.push([as, takeRows(makeTable({ values: sheet.typed(name) }), rows).getChildAt(0)!]);
  }
  const names = columnNames(genes);
  const extra = added.filter(([name]) => !names.includes(name));
  const joined = makeTable([
    ...names.map(
      (name) =>
        [name, added.find(([other]) => other === name)?.[1] ?? column(genes, name)] as const,
    ),
    ...extra,
  ]);
  const report = [
    reportLine(
      "info",
      "genes-joined",
      `${plural(ids.length - unknown.length, "gene")} joined with ${file} by its column ${best.name}${best.stripped ? ", Ensembl versions left aside" : ""}.`,
      ids.length - unknown.length,
      ids[0],
    ),
  ];
  if (unknown.length > 0)
    report.push(
      reportLine(
        "warning",
        "genes-without-annotation",
        `${file} does not know ${plural(unknown.length, "gene")}: ${firstFew(unknown)}.`,
        unknown.length,
        unknown[0],
      ),
    );
  if (repeats > 0)
    report.push(
      reportLine(
        "warning",
        "annotation-repeats",
        `${file} has ${plural(repeats, "row")} for genes that it had already: the first row of each was taken.`,
        repeats,
        null,
      ),
    );
  return { genes: joined, report };
}

function bare(id: string): string {
  return version.exec(id)?.[1] ?? id;
}

function bestColumn(
  sheet: Sheet,
  ids: readonly string[],
): { name: string; matched: number; stripped: boolean } {
  const exact = new Set(ids);
  const loose = new Set(ids.map(bare));
  let best = { name: sheet.names[0], matched: 0, stripped: false };
  for (const name of sheet.names) {
    const texts = new Set(sheet.text(name).filter((text) => text !== null));
    let asWritten = 0;
    const without = new Set<string>();
    for (const text of texts) {
      if (exact.has(text)) ++asWritten;
      if (loose.has(bare(text))) without.add(bare(text));
    }
    if (asWritten > best.matched) best = { name, matched: asWritten, stripped: false };
    if (without.size > best.matched) best = { name, matched: without.size, stripped: true };
  }
  return best;
}
