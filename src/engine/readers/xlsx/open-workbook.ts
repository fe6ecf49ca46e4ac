import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { zipMembers, type ByteSource } from "../../bytes/index.ts";
import { dateShape, type DateShape } from "./date-text.ts";
import { readXml, type XmlHandler } from "./xml.ts";

/** A workbook opened: its visible sheets in order, and what their cells refer to. */
export interface Workbook {
  readonly file: string;
  readonly sheets: readonly { readonly name: string; readonly member: ByteSource }[];
  readonly strings: readonly string[];
  /** How each cell style shows dates; null for styles that are none. */
  readonly dates: readonly DateShape[];
  /** True where days are counted from 1904. */
  readonly from1904: boolean;
}

const mostText = 2 ** 28;

/** Opens an .xlsx workbook down to its shared strings and styles; sheets are read when asked for. */
export async function openWorkbook(source: ByteSource, call: CallOptions = {}): Promise<Workbook> {
  const file = source.name;
  const members = new Map((await zipMembers(source, call)).map((member) => [member.name, member]));
  if (members.has("xl/workbook.bin"))
    throw readError(`a binary workbook can't be read here: ${file}`, {
      file,
      help: "In Excel, save it as .xlsx or as CSV.",
    });
  const book = members.get("xl/workbook.xml");
  if (book === undefined)
    throw readError(`not an Excel workbook: ${file}`, {
      file,
      expected: "xl/workbook.xml in the archive",
    });
  const read = async (member: ByteSource | undefined, handler: XmlHandler): Promise<void> => {
    if (member === undefined) return;
    for await (const _ of readXml(member, file, handler, { signal: call.signal }));
  };
  const listed: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await read(book, {
    open(name, attributes) {
      if (name === "sheet")
        listed.push({
          name: attributes.name ?? "",
          id:
            attributes["r:id"] ??
            Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ??
            "",
          hidden: (attributes.state ?? "visible") !== "visible",
        });
      if (name === "workbookPr")
        from1904 = attributes.date1904 === "1" || attributes.date1904 === "true";
    },
  });
  const targets = new Map<string, string>();
  await read(members.get("xl/_rels/workbook.xml.rels"), {
    open(name, attributes) {
      if (name === "Relationship") targets.set(attributes.Id ?? "", attributes.Target ?? "");
    },
  });
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const target = targets.get(id) ?? "";
    const member = members.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    return hidden || member === undefined || !/worksheets\//.test(member.name)
      ? []
      : [{ name, member }];
  });
  if (sheets.length === 0)
    throw readError(`a workbook without sheets: ${file}`, { file, expected: "a sheet" });
  const strings: string[] = [];
  let length = 0;
  let text = "";
  let inText = false;
  let phonetic = false;
  await read(members.get("xl/sharedStrings.xml"), {
    open(name) {
      if (name === "si") text = "";
      if (name === "rPh") phonetic = true;
      inText = name === "t" && !phonetic;
    },
    close(name) {
      inText = false;
      if (name === "rPh") phonetic = false;
      if (name !== "si") return;
      strings.push(text);
      length += text.length + 16;
      if (length > mostText)
        throw readError(`a workbook of too much text: ${file}`, {
          file,
          expected: "at most 256 Mi characters",
        });
    },
    text(part) {
      if (inText) text += part;
    },
  });
  const formats = new Map<number, string>();
  const dates: DateShape[] = [];
  let inCells = false;
  await read(members.get("xl/styles.xml"), {
    open(name, attributes) {
      if (name === "numFmt") formats.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        dates.push(dateShape(id, formats.get(id)));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return { file, sheets, strings, dates, from1904 };
}
