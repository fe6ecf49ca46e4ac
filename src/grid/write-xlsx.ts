import { strToU8, Zip, ZipDeflate } from "fflate";
import { argumentError } from "../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../base/progress.ts";
import { columnKind, columnNames, type Table } from "../tables/index.ts";

/** What a sheet of Excel holds at most. */
const mostRows = 1_048_576;
const mostColumns = 16_384;
const mostText = 32_767;
/** Rows that are written before others have their turn: some ten milliseconds. */
const slice = 1000;
const dayMs = 86_400_000;
/** Days from Excel's day 0 to 1970-01-01; before day 61 its calendar has a day that never was. */
const epoch = 25_569;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Styles by number: plain, text, day, head. */
const textStyle = 1;
const dayStyle = 2;
const headStyle = 3;

const parts: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kinds}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kinds}.styles+xml"/></Types>`,
  "_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
  "xl/styles.xml": `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

/**
 * The table as an Excel workbook of one sheet, names in the first row. Text is text (a symbol such as SEPT9 never becomes a day),
 * numbers have full double precision, infinities are the text Inf and -Inf, missing is an empty cell, whole days are days and times ISO
 * text, lists JSON. Written in slices, so that the page goes on. A table that no sheet holds is an error.
 */
export async function writeXlsx(
  table: Table,
  name: string,
  { signal, onProgress }: CallOptions = {},
): Promise<Blob> {
  const names = columnNames(table);
  const n = table.numRows;
  if (n >= mostRows || names.length > mostColumns)
    throw argumentError(
      `too large for a workbook: ${n.toLocaleString("en")} rows, ${names.length.toLocaleString("en")} columns`,
      {
        help: "A sheet holds 1,048,575 rows below its head and 16,384 columns: take CSV or Arrow.",
      },
    );
  const bytes: Uint8Array<ArrayBuffer>[] = [];
  let failure: unknown = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else bytes.push(chunk as Uint8Array<ArrayBuffer>);
  });
  const add = (path: string): ZipDeflate => {
    const part = new ZipDeflate(path, { level: 6 });
    // One date for all files: the same table gives the same bytes.
    part.mtime = Date.UTC(2000, 0, 2);
    zip.add(part);
    return part;
  };
  for (const [path, text] of Object.entries(parts)) add(path).push(strToU8(head + text), true);
  add("xl/workbook.xml").push(
    strToU8(
      `${head}<workbook xmlns="${main}" xmlns:r="${relation}"><sheets><sheet name="${escape(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    true,
  );
  const sheet = add("xl/worksheets/sheet1.xml");
  const letters = names.map((_, j) => columnLetters(j));
  const vectors = names.map((_, j) => table.getChildAt(j)!);
  const dates = vectors.map((vector) => columnKind(vector) === "date");
  sheet.push(
    strToU8(
      `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="1">${names.map((text, j) => textCell(`${letters[j]}1`, text, headStyle)).join("")}</row>`,
    ),
  );
  for (let from = 0; from < n; from += slice) {
    throwIfAborted(signal);
    const to = Math.min(n, from + slice);
    let text = "";
    for (let i = from; i < to; ++i) {
      text += `<row r="${i + 2}">`;
      for (let j = 0; j < names.length; ++j)
        text += cellOf(`${letters[j]}${i + 2}`, vectors[j].get(i), dates[j], names[j]);
      text += "</row>";
    }
    sheet.push(strToU8(text));
    onProgress?.({ label: "writing the workbook", done: to, total: n });
    await pause();
  }
  sheet.push(strToU8("</sheetData></worksheet>"), true);
  zip.end();
  if (failure !== null) throw failure;
  return new Blob(bytes, { type: `${kinds}.sheet` });
}

function cellOf(place: string, value: unknown, isDate: boolean, name: string): string {
  if (value === null || value === undefined) return "";
  if (isDate) return dateCell(place, value);
  if (typeof value === "number" || typeof value === "bigint") {
    const number = Number(value);
    if (Number.isNaN(number)) return "";
    if (!Number.isFinite(number)) return textCell(place, number > 0 ? "Inf" : "-Inf", textStyle);
    return `<c r="${place}"><v>${number}</v></c>`;
  }
  if (typeof value === "boolean") return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = typeof value === "string" ? value : jsonText(value);
  if (text.length > mostText)
    throw argumentError(`too long for a cell of a workbook: ${name}, ${place}`, {
      help: "A cell holds 32,767 characters: take CSV or Arrow.",
    });
  return textCell(place, text, textStyle);
}

function dateCell(place: string, value: unknown): string {
  const ms = value instanceof Date ? value.getTime() : Number(value);
  if (Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return "";
  const day = ms / dayMs + epoch;
  if (Number.isInteger(day) && day >= 61 && day < 2_958_466)
    return `<c r="${place}" s="${dayStyle}"><v>${day}</v></c>`;
  const text = new Date(ms).toISOString();
  return textCell(place, text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text, textStyle);
}

function textCell(place: string, text: string, style: number): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
}

/** What XML can't hold is written as Excel does (_x0001_), and a text that looks like that so that it stays a text. */
function escape(text: string): string {
  return text
    .replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_")
    .replace(
      /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? "";
}

function columnLetters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : columnLetters(Math.floor(column / 26) - 1) + columnLetters(column % 26);
}

/** Excel refuses some characters and more than 31. */
function sheetName(name: string): string {
  return (
    name
      .replace(/[[\]:*?/\\]/g, " ")
      .replace(/^'+|'+$/g, "")
      .trim()
      .slice(0, 31)
      .trim() || "table"
  );
}
