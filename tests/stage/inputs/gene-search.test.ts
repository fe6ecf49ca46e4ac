import { describe, expect, it } from "vitest";
import {
  exactGenes,
  geneIndex,
  genesOfList,
  searchGenes,
} from "../../../src/stage/inputs/gene-search.ts";

const ids = ["ENSG01.5", "ENSG02.1", "ENSG03", "ENSG04", "ENSG05", "weird\nid"];
const symbols = ["SOD1", "SOD1P3", "ANTI-SOD1", "XSOD1", null, "Tab\tGene"];
const index = geneIndex(ids, symbols);
const found = (typed: string, limit = 10) =>
  searchGenes(index, typed, limit).genes.map((i) => index.names[i]);

describe("searchGenes", () => {
  it("ranks the name itself, then beginnings, then words, then parts", () => {
    expect(found("sod1")).toEqual(["SOD1", "SOD1P3", "ANTI-SOD1", "XSOD1"]);
  });

  it("finds ids, with and without version, and symbols with odd letters", () => {
    expect(found("ensg02")).toEqual(["SOD1P3"]);
    expect(found("ENSG05")).toEqual(["ENSG05"]);
    expect(exactGenes(index, "ENSG01")).toEqual([0]);
    expect(exactGenes(index, "ENSG01.5")).toEqual([0]);
    expect(exactGenes(index, "ENSG0")).toEqual([]);
    expect(exactGenes(index, "tab gene")).toEqual([5]);
  });

  it("keeps the limit, says when there are more, and finds nothing for nothing", () => {
    expect(searchGenes(index, "sod", 2)).toEqual({ genes: [0, 1], more: true });
    expect(searchGenes(index, "  ", 5)).toEqual({ genes: [], more: false });
    expect(found("no such")).toEqual([]);
    expect(searchGenes(geneIndex([], null), "a", 5).genes).toEqual([]);
  });

  it("agrees with a plain search over many genes", () => {
    const many = Array.from({ length: 2000 }, (_, i) => `G${(i * 7919) % 2003}`);
    const plain = geneIndex(many, null);
    for (const typed of ["g1", "99", "g2002"]) {
      const expected = many.filter((id) => id.toLowerCase().includes(typed)).length;
      expect(searchGenes(plain, typed, 3000).genes).toHaveLength(expected);
    }
  });

  it("answers within a frame over 60,000 genes", () => {
    const many = Array.from(
      { length: 60_000 },
      (_, i) => `ENSG${String(i).padStart(11, "0")}.${i % 9}`,
    );
    const large = geneIndex(
      many,
      many.map((_, i) => `SYM${i.toString(36).toUpperCase()}`),
    );
    const times = ["s", "sy", "sym1", "ensg000000", "zz", "00"].map((typed) => {
      const start = performance.now();
      searchGenes(large, typed, 12);
      return performance.now() - start;
    });
    times.sort((a, b) => a - b);
    expect(times[3]).toBeLessThan(200);
  });
});

describe("genesOfList", () => {
  it("takes a pasted list and names what is unknown", () => {
    expect(genesOfList(index, 'sod1, "ENSG04"\nnope;\tENSG05 sod1')).toEqual({
      genes: [0, 3, 4],
      unknown: ["nope"],
    });
  });

  it("takes a long list the same way", () => {
    const long = [...ids.slice(0, 5), "ENSG02", ...Array.from({ length: 30 }, (_, i) => `no${i}`)];
    const { genes, unknown } = genesOfList(index, long.join("\n"));
    expect(genes).toEqual([0, 1, 2, 3, 4]);
    expect(unknown).toHaveLength(30);
  });
});
