import { column, makeTable, utf8 } from "../../tables/index.ts";
import { readCounts } from "./delimited/read-counts.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import { sampleName } from "./quantified/sample-name.ts";
import type { Reader } from "./types.ts";

/**
 * TEcount's table of one sample: genes (in quotes) and transposable elements, under the path of the alignment that was
 * counted. The sample is named by the file, not by that path. TEtranscripts' tables of several samples keep their
 * columns, named by the alignments' files.
 */
export const tetranscriptsReader: Reader = {
  format: "tetranscripts",
  async read(source, options, call) {
    const parts = await readCounts(source, { ...options, kind: "counts" }, call);
    const names = column(parts.samples, "sample_id");
    const paths = Array.from({ length: names.length }, (_, i) => String(names.get(i)));
    if (paths.length > 1) {
      const ids = paths.map((path) => sampleName(path.replace(/\.[CT]$/, "")).id);
      const unique = new Set(ids).size === ids.length ? ids : paths;
      return {
        ...parts,
        format: "tetranscripts",
        kind: "counts",
        samples: makeTable({ sample_id: utf8(unique) }),
      };
    }
    const { id, title } = sampleName(source.name);
    return {
      ...parts,
      format: "tetranscripts",
      kind: "counts",
      samples: makeTable([
        ["sample_id", utf8([id])],
        ...(title === null ? [] : [["title", utf8([title])] as const]),
        ["alignment", utf8(paths)],
      ]),
    };
  },
  readSheet: readDelimitedSheet,
};
