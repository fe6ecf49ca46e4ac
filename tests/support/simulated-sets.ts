import { factor, makeTable, utf8, type Table } from "../../src/tables/index.ts";
import { seeded } from "./random.ts";

/** A table `set gene_id symbol` of overlapping sets: each gene is likely to be in several of neighbouring sets. */
export function simulatedSets(names: readonly string[], genes: number, seed = 21): Table {
  const random = seeded(seed);
  const set: string[] = [];
  const id: string[] = [];
  for (let i = 0; i < genes; ++i) {
    const home = Math.floor(random() * names.length);
    names.forEach((name, k) => {
      const far = Math.min(Math.abs(k - home), names.length - Math.abs(k - home));
      if (k !== home && random() > 0.45 / (far + 0.4)) return;
      set.push(name);
      id.push(`ENSMUSG${String(i + 1).padStart(11, "0")}`);
    });
  }
  return makeTable({
    set: factor(set, names),
    gene_id: utf8(id),
    symbol: utf8(id.map((text) => `Gene${Number(text.slice(7))}`)),
  });
}
