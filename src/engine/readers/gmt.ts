import { argumentError, readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { dictionary, utf8, type Column } from "../../tables/index.ts";
import { textLines, type ByteSource } from "../bytes/index.ts";
import { holdsNoCounts } from "./sheet-only.ts";
import type { Reader, Sheet } from "./types.ts";

/** Gene sets in GMT: one a line, name, description and genes cut by tabs. As a table: `set description gene_id`, long. */
export const gmtReader: Reader = {
  format: "gmt",
  async read(source) {
    throw holdsNoCounts(source, "a list of gene sets", "Open it with readTable.");
  },
  readSheet: readGmt,
};

const most = 2 ** 26;

async function readGmt(source: ByteSource, call: CallOptions = {}): Promise<Sheet> {
  const file = source.name;
  const sets: string[] = [];
  const descriptions: (string | null)[] = [];
  const starts: number[] = [];
  const lineOf: number[] = [];
  const genes: string[] = [];
  const seen = new Set<string>();
  let line = 0;
  for await (const lines of textLines(source, call))
    for (const text of lines) {
      ++line;
      if (text.trim() === "") continue;
      const [set, description, ...members] = text.split("\t");
      if (description === undefined || set.trim() === "")
        throw readError(`not a gene set: ${text.slice(0, 60)}`, {
          file,
          line,
          expected: "a name, a description and genes, cut by tabs",
        });
      const name = set.trim();
      if (seen.has(name))
        throw readError(`two gene sets have one name: ${name}`, {
          file,
          line,
          expected: "unique names",
        });
      seen.add(name);
      sets.push(name);
      descriptions.push(description.trim() || null);
      starts.push(genes.length);
      lineOf.push(line);
      for (const gene of new Set(members)) if (gene.trim() !== "") genes.push(gene.trim());
      if (genes.length > most)
        throw readError(`too many genes in sets: ${file}`, {
          file,
          line,
          expected: `at most ${most}`,
        });
    }
  if (genes.length === 0)
    throw readError(`no gene sets: ${file}`, { file, line: 1, expected: "genes" });
  const codes = new Int32Array(genes.length);
  starts.forEach((start, i) => codes.fill(i, start, starts[i + 1] ?? genes.length));
  const columns: Record<string, { text(): (string | null)[]; typed(): Column }> = {
    set: { text: () => Array.from(codes, (i) => sets[i]), typed: () => dictionary(codes, sets) },
    description: {
      text: () => Array.from(codes, (i) => descriptions[i]),
      typed: () => utf8(Array.from(codes, (i) => descriptions[i])),
    },
    gene_id: { text: () => genes, typed: () => utf8(genes) },
  };
  const at = (name: string) => {
    if (columns[name] === undefined) throw argumentError(`no such column: ${name}`);
    return columns[name];
  };
  return {
    file,
    names: ["set", "description", "gene_id"],
    nRows: genes.length,
    text: (name) => at(name).text(),
    typed: (name) => at(name).typed(),
    line: (row) => lineOf[codes[row]] ?? null,
  };
}
