import { describe, expect, test } from "vitest";
import { makeTable, strings, utf8 } from "../../src/tables/index.ts";

describe("utf8", () => {
  const text = (values: readonly (string | null | undefined)[]) => {
    const column = utf8(values);
    return [...strings(makeTable({ text: column }), "text")];
  };

  test("plain and other text, missing and empty, over several runs of rows", () => {
    const values = Array.from({ length: 40_000 }, (_, i) => {
      if (i % 7 === 0) return null;
      if (i % 11 === 0) return "";
      return i > 20_000 && i < 20_100 ? `é${i}🧬` : `gene ${i}`;
    });
    expect(text(values)).toEqual(values);
    expect(utf8(values).nullCount).toBe(values.filter((v) => v === null).length);
  });

  test("undefined is missing, and no rows are no rows", () => {
    expect(text([undefined, "a"])).toEqual([null, "a"]);
    expect(utf8([]).length).toBe(0);
  });

  test("halves of a pair in two rows stay two rows", () => {
    expect(text(["a\ud83e", "\uddecb"])).toEqual(["a\ufffd", "\ufffdb"]);
  });
});
