import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { failure } from "../../support/failure.ts";
import { seeded } from "../../support/random.ts";
import { textSource } from "../../support/sources.ts";

const nGenes = 1200;
const markers = ["XIST", "RPS4Y1", "DDX3Y", "KDM5D"];

/** Poisson draws, near enough: a normal of that mean and variance, from a fixed seed. */
function draws(random: () => number, mean: number): number {
  const normal = Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
}

type Sex = "female" | "male";

/** A table of samples that differ as libraries do (a factor of their own for each gene), with sex markers first. */
function table(
  sexes: Readonly<Record<string, Sex>>,
  copies: Readonly<Record<string, string>> = {},
) {
  const random = seeded(5);
  const ids = Object.keys(sexes);
  const rows = [["gene_id", ...ids, ...Object.keys(copies)].join("\t")];
  for (let g = 0; g < nGenes; ++g) {
    const base = 300 + 2000 * random();
    const means = new Map(
      ids.map((id) => {
        const isMale = sexes[id] === "male";
        const marker = g < markers.length ? (g === 0) !== isMale : null;
        const mean = marker === null ? base * Math.exp(0.6 * random()) : marker ? 800 : 0;
        return [id, mean] as const;
      }),
    );
    const values = [...ids, ...Object.values(copies)].map((id) => draws(random, means.get(id)!));
    rows.push([markers[g] ?? `G${g}`, ...values].join("\t"));
  }
  return textSource(rows.join("\n"), "counts.tsv");
}
const line = ({ report }: Experiment, code: string) => report.find((entry) => entry.code === code);

describe("what libraries tell of themselves", () => {
  const sexes = { a: "female", b: "male", c: "male", d: "female" } as const;

  test("alike-samples: two draws from one library, though no value need be equal", async () => {
    const made = await intake(table(sexes, { again: "b" }));
    expect(line(made, "alike-samples")).toMatchObject({
      level: "warning",
      n: 1,
      example: "b and again",
    });
    expect(line(made, "identical-samples")).toBeUndefined();
    expect(line(await intake(table(sexes)), "alike-samples")).toBeUndefined();
  });

  test("sex-markers-sheet: a sample that is not what the sheet says", async () => {
    const sheet = textSource("id,sex\na,F\nb,male\nc,female\nd,f\n", "s.csv");
    const made = await intake({ counts: table(sexes), samples: sheet });
    expect(line(made, "sex-markers-sheet")).toMatchObject({ n: 1, example: "c" });
    const right = textSource("id,sex\na,F\nb,M\nc,M\nd,\n", "s.csv");
    const other = await intake({ counts: table(sexes), samples: right });
    expect(line(other, "sex-markers-sheet")).toBeUndefined();
    expect(line(other, "sex-markers-both")).toBeUndefined();
  });

  test("sex-markers-donor: samples of one donor that are not of one sex", async () => {
    const sheet = textSource("id,donor\na,P1\nb,P1\nc,P2\nd,P3\n", "s.csv");
    const made = await intake({ counts: table(sexes), samples: sheet });
    expect(line(made, "sex-markers-donor")).toMatchObject({ n: 1, example: "P1" });
    expect(line(made, "repeated-donors")?.message).toContain("4 samples come from 3 donors");
    const right = textSource("id,donor\na,P1\nb,P2\nc,P2\nd,P1\n", "s.csv");
    const other = await intake({ counts: table(sexes), samples: right });
    expect(line(other, "sex-markers-donor")).toBeUndefined();
  });
});

test("a text that is called .arrow is read as the text it is, and nonsense of that name refused", async () => {
  const made = await intake(textSource("gene_id\ts1\ts2\nA\t1\t2\nB\t3\t4\n", "counts.arrow"));
  expect([made.kind, made.counts.nGenes]).toEqual(["counts", 2]);
  const error = await failure(intake(textSource("this is a letter, not a table\n", "x.arrow")));
  expect([error.name, error.details.file]).toEqual(["ReadError", "x.arrow"]);
});
