import { expect, test } from "vitest";
import { archiveMembers, fromBytes, readAll } from "../../../src/engine/bytes/index.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { failure } from "../../support/failure.ts";
import { gzip, join, tar, tarHeader, zip, zip64 } from "../../support/pack.ts";

const table = "gene\ts1\nA\t1\n";
const text = new TextEncoder().encode(table);
const members = (bytes: Uint8Array, name = "x") => archiveMembers(fromBytes(bytes, name));
const names = async (bytes: Uint8Array) => (await members(bytes))!.map(({ name }) => name);

test("members of tar, tar.gz and zip, read anywhere", async () => {
  for (const bytes of [
    tar({ "d/a.tsv": table, "b.txt": "x" }),
    gzip(tar({ "d/a.tsv": table, "b.txt": "x" })),
    zip({ "d/a.tsv": table, "b.txt": "x" }),
  ]) {
    const [a, b] = (await members(bytes))!;
    expect([a.name, b.name, a.size]).toEqual(["d/a.tsv", "b.txt", text.length]);
    expect(await readAll(a)).toEqual(text);
    expect(await a.read(2, 3)).toEqual(text.slice(2, 5));
  }
  expect(await members(text)).toBeNull();
});

test("paths are names only", async () => {
  const files = {
    "../../etc/x.tsv": table,
    "/abs/y.tsv": table,
    "C:\\z.tsv": table,
    "./a/../b.tsv": table,
  };
  expect(await names(tar(files))).toEqual(["etc/x.tsv", "abs/y.tsv", "z.tsv", "a/b.tsv"]);
  expect(await names(zip({ "../x.tsv": table }))).toEqual(["x.tsv"]);
});

test("long names, folders and links", async () => {
  const long = `${"n".repeat(150)}.tsv`;
  const padded = (bytes: Uint8Array) =>
    join([bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]);
  const name = new TextEncoder().encode(`${long}\0`);
  const pax = new TextEncoder().encode("17 path=ä/p.tsv\n");
  const bytes = join([
    tarHeader("././@LongLink", name.length, "L"),
    padded(name),
    tarHeader("cut", text.length),
    padded(text),
    tarHeader("pax", pax.length, "x"),
    padded(pax),
    tarHeader("q", text.length),
    padded(text),
    tarHeader("folder/", 0, "5"),
    tarHeader("link", 0, "2"),
    new Uint8Array(1024),
  ]);
  expect(await names(bytes)).toEqual([long, "ä/p.tsv"]);
});

test("broken and hostile archives", async () => {
  const whole = tar({ "a.tsv": table });
  expect((await failure(members(whole.slice(0, 515)))).message).toMatch(/broken tar/);
  const far = join([tarHeader("a", 2 ** 32), new Uint8Array(1024)]);
  expect((await failure(members(far))).details.expected).toMatch(/ends too early/);
  const packed = zip({ "a.tsv": table });
  expect((await failure(members(packed.slice(0, -9)))).message).toMatch(/broken zip/);
  const lying = packed.slice();
  new DataView(lying.buffer).setUint32(packed.length - 22 - 46 - 5 + 24, 2 ** 31, true);
  expect((await failure(members(lying))).details.expected).toMatch(/a size that can be true/);
  const damaged = packed.slice();
  damaged[36] ^= 8;
  const [member] = (await members(damaged))!;
  expect((await failure(readAll(member))).name).toBe("ReadError");
});

test("archives within archives end, bombs too", async () => {
  let nested: Uint8Array = tar({ "a.tsv": table });
  for (let k = 0; k < 2; ++k) nested = zip({ "in.tar": nested });
  expect((await intake(fromBytes(nested, "x.zip"))).counts.nGenes).toBe(1);
  for (let k = 0; k < 3; ++k) nested = tar({ "in.zip": nested });
  expect((await failure(intake(fromBytes(nested, "x.tar")))).message).toMatch(
    /archives within archives/,
  );
  const zeros = zip({ "a.tsv": new Uint8Array(2 ** 26) });
  expect((await failure(intake(fromBytes(zeros, "x.zip")))).name).toBe("ReadError");
  const line = gzip(new Uint8Array(2 ** 27).fill(65));
  expect((await failure(intake(fromBytes(line, "x.tsv.gz")))).name).toBe("ReadError");
  expect((await failure(intake(fromBytes(zip({}), "x.zip")))).message).toMatch(/archive is empty/);
  expect((await failure(intake(fromBytes(zip({ "run.log": "x" }), "x.zip")))).message).toMatch(
    /holds no counts/,
  );
});

test("zip64: sizes, places and numbers of files in their wide fields", async () => {
  const one = "gene_id\tcount\nA\t1\nB\t2\n";
  const two = "gene_id\tcount\nA\t3\nB\t4\n";
  const made = await intake(fromBytes(zip64({ "s1.tsv": one, "s2.tsv": two }), "x.zip"));
  expect([...made.counts.values]).toEqual([1, 3, 2, 4]);
  const broken = zip64({ "s1.tsv": one });
  broken.set([1], broken.length - 98);
  expect((await failure(intake(fromBytes(broken, "x.zip")))).details).toMatchObject({
    file: "x.zip",
    expected: "a directory of zip64",
  });
});
