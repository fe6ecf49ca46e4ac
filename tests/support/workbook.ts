import { zip } from "./pack.ts";

/** A cell: text, a number, a truth, a day with its number format, or nothing. */
export type Cell =
  string | number | boolean | null | { readonly days: number; readonly format: number };

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

/** An .xlsx workbook of sheets of cells, with shared strings and the styles that its days need. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>,
): Uint8Array {
  const shared: string[] = [];
  const formats = [0];
  const cellXml = (cell: Cell, reference: string): string => {
    if (cell === null) return "";
    if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
    if (typeof cell === "boolean") return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (typeof cell === "string") {
      if (cell.startsWith("inline:"))
        return `<c r="${reference}" t="inlineStr"><is><t>${escape(cell.slice(7))}</t></is></c>`;
      if (!shared.includes(cell)) shared.push(cell);
      return `<c r="${reference}" t="s"><v>${shared.indexOf(cell)}</v></c>`;
    }
    if (!formats.includes(cell.format)) formats.push(cell.format);
    return `<c r="${reference}" s="${formats.indexOf(cell.format)}"><v>${cell.days}</v></c>`;
  };
  const names = Object.keys(sheets);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const files: Record<string, string> = {
    "[Content_Types].xml": `${head}<Types/>`,
    "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="r"><sheets>${names
      .map((name, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships>${names
      .map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join("")}</Relationships>`,
  };
  names.forEach((name, i) => {
    const rows = sheets[name]
      .map((cells, r) =>
        cells.length === 0
          ? ""
          : `<row r="${r + 1}">${cells.map((cell, c) => cellXml(cell, `${letters(c)}${r + 1}`)).join("")}</row>`,
      )
      .join("");
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `${head}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
  });
  files["xl/sharedStrings.xml"] =
    `${head}<sst xmlns="${main}">${shared.map((text) => `<si><r><t>${escape(text.slice(0, 1))}</t></r><r><t xml:space="preserve">${escape(text.slice(1))}</t></r><rPh><t>x</t></rPh></si>`).join("")}</sst>`;
  files["xl/styles.xml"] =
    `${head}<styleSheet xmlns="${main}"><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`;
  return zip(files);
}
