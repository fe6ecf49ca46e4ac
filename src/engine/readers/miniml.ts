import { SaxesParser } from "saxes";
import { readError } from "../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { openStream, utf8Stream, type ByteSource } from "../bytes/index.ts";
import { columnName, geoSheet, newSample, type GeoSample } from "./geo/sample-sheet.ts";
import { asSamples, holdsNoCounts } from "./sheet-only.ts";
import type { Reader, Sheet } from "./types.ts";

/** GEO's MINiML family file (XML): the sample sheet of a series. */
export const minimlReader: Reader = {
  format: "miniml",
  async read(source) {
    throw holdsNoCounts(source, "a MINiML family file", asSamples);
  },
  readSheet: readMiniml,
};

const longestText = 1 << 20;

async function readMiniml(source: ByteSource, call: CallOptions = {}): Promise<Sheet> {
  const file = source.name;
  const samples: GeoSample[] = [];
  const path: string[] = [];
  let text = "";
  let tag = "";
  const parser = new SaxesParser();
  const broken = (expected: string) =>
    readError(`broken MINiML file: ${file}`, {
      file,
      line: parser.line,
      column: parser.column,
      expected,
      help: "The file was damaged or only partly copied: get it again.",
    });
  parser.on("error", (error) => {
    throw broken(error.message.replace(/^\d+:\d+: /, ""));
  });
  parser.on("doctype", () => {
    throw broken("no DOCTYPE");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (path.length === 0 && name !== "MINiML") throw broken("an element MINiML");
    if (path.length > 100) throw broken("elements at most 100 deep");
    path.push(name);
    text = "";
    if (path.length === 2 && name === "Sample")
      samples.push(newSample(String(attributes.iid ?? "")));
    if (name === "Characteristics") tag = String(attributes.tag ?? "");
  });
  parser.on("text", (part) => {
    if (path[1] === "Sample" && text.length < longestText) text += part;
  });
  parser.on("cdata", (part) => {
    if (path[1] === "Sample" && text.length < longestText) text += part;
  });
  parser.on("closetag", () => {
    const name = path.pop();
    const sample = samples.at(-1);
    if (path[1] !== "Sample" || sample === undefined) return;
    const value = text.trim();
    const parent = path.at(-1);
    text = "";
    if (value === "") return;
    if (parent === "Sample") {
      if (name === "Title") sample.title = value;
      else if (name === "Description") sample.description ??= value;
    } else if (parent === "Channel") {
      if (name === "Source") sample.source ??= value;
      else if (name === "Organism") sample.organism ??= value;
      else if (name === "Characteristics") sample.characteristics.push([columnName(tag), value]);
    }
  });
  const { stream } = await openStream(source, call);
  const reader = utf8Stream(stream).getReader();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let slept = performance.now();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(call.signal);
      if (done) break;
      parser.write(decoder.decode(value, { stream: true }));
      if (performance.now() - slept > 20) {
        await pause();
        slept = performance.now();
      }
    }
    parser.write(decoder.decode()).close();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (samples.length === 0)
    throw readError(`no samples: ${file}`, { file, expected: "elements Sample" });
  return geoSheet(samples, file);
}
