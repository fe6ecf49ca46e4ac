import { hasColumn, sharedStrings, type Table } from "../../tables/index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";

const month = "(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sept?|oct|okt|nov|dec|dez)";
const shapes = [
  new RegExp(`^\\d{1,2}[-. /]${month}[a-z]*\\.?([-. /]\\d{2,4})?$`, "i"),
  new RegExp(`^${month}\\.?[-/ ]\\d{1,4}$`, "i"),
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([ T]00:00(:00)?)?$/,
  /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/,
  /^\d(\.\d+)?E\+\d{2}$/,
];
const families: Readonly<Record<string, string>> = {
  mar: "MARCHF",
  mär: "MARCHF",
  mrz: "MARCHF",
  sep: "SEPTIN",
  dec: "DELEC",
  dez: "DELEC",
};

/**
 * Gene names that a spreadsheet turned into dates (MARCH1 into 1-Mar, SEPT2 into 2-Sep) or into numbers (2310009E13Rik's
 * id into 2.31E+19): a warning that names them. The counts are sound, the names are not. Follows Ziemann 2016.
 */
export function excelSymbols(genes: Table): ReportLine[] {
  const found = new Set<string>();
  for (const name of ["gene_id", "symbol"])
    if (hasColumn(genes, name))
      for (const text of sharedStrings(genes, name))
        if (
          text !== null &&
          /^\d|^[a-z]{3,4}[-/. ]/i.test(text) &&
          shapes.some((shape) => shape.test(text))
        )
          found.add(text);
  if (found.size === 0) return [];
  const names = [...found];
  return [
    reportLine(
      "warning",
      "excel-symbols",
      `${plural(names.length, "gene name")} ${names.length === 1 ? "was" : "were"} turned into dates or numbers by a spreadsheet: ${firstFew(names.map(meant), 10)}. Take the names from the first source.`,
      names.length,
      names[0],
    ),
  ];
}

function meant(name: string): string {
  const [, day, word] = /^(\d{1,2})[-. /]([a-zä]{3})/i.exec(name) ?? [];
  const family = families[word?.toLowerCase() ?? ""];
  return family === undefined ? name : `${name} (${family}${Number(day)}?)`;
}
