import { describe, expect, it } from "vitest";
import {
  aliasFound,
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

describe("other names", () => {
  const named = geneIndex(
    ["ENSG1.2", "ENSG2", "ENSG3", "ENSG4"],
    ["SOD1", "TARDBP", "ALS1", null],
    [["ALS1", "IPOA"], ["TDP-43", "ALS10"], [], ["odd\tname"]],
  );
  const found = (typed: string) => searchGenes(named, typed, 10).genes.map((i) => named.names[i]);

  it("find a gene, after those that bear the name themselves", () => {
    expect(found("tdp")).toEqual(["TARDBP"]);
    expect(found("als1")).toEqual(["ALS1", "SOD1", "TARDBP"]);
    expect(exactGenes(named, "tdp-43")).toEqual([1]);
    expect(exactGenes(named, "ALS1")).toEqual([2]);
    expect(exactGenes(named, "ENSG1")).toEqual([0]);
    expect(exactGenes(named, "odd name")).toEqual([3]);
  });

  it("are told where they are why a gene is found", () => {
    expect(aliasFound(named, 1, "tdp")).toBe("TDP-43");
    expect(aliasFound(named, 1, "tard")).toBeNull();
    expect(aliasFound(index, 0, "zz")).toBeNull();
  });

  it("work in lists, short and long, alike", () => {
    const list = ["IPOA", "ALS1", "nothing", "TDP-43"];
    const long = [...list, ...Array.from({ length: 30 }, () => "ENSG2")];
    for (const names of [list, long]) {
      const { genes, unknown } = genesOfList(named, names.join("\n"));
      expect([...genes].sort()).toEqual([0, 1, 2]);
      expect(unknown).toEqual(["nothing"]);
    }
  });
});
