import { expect, test } from "vitest";
import { formatCount } from "../../src/shell/format-count.ts";
import { formatSize } from "../../src/shell/format-size.ts";
import { formatWhen } from "../../src/shell/format-when.ts";
import { nameFor } from "../../src/shell/notebook-files.ts";
import { fileName } from "../../src/shell/save-to-disk.ts";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [3420, "3.4 kB"],
  [9960, "10 kB"],
  [999_600, "1 MB"],
  [21e6, "21 MB"],
  [4.2e9, "4.2 GB"],
  [NaN, "unknown size"],
])("%d bytes are %s", (bytes, words) => expect(formatSize(bytes)).toBe(words));

test.each([
  [50_880, "50,880"],
  [999_499, "999,499"],
  [12_789_032, "12.8 million"],
  [1_000_000, "1 million"],
  [2.5e9, "2.5 billion"],
])("%d is %s", (n, words) => expect(formatCount(n)).toBe(words));

test("times in words", () => {
  const now = new Date(2026, 4, 3, 15, 30).getTime();
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
  expect(formatWhen(now - 10_000, now)).toBe("just now");
  expect(formatWhen(now - 60_000, now)).toBe("a minute ago");
  expect(formatWhen(now - 5 * 60_000, now)).toBe("5 minutes ago");
  expect(formatWhen(at(2026, 4, 3, 9, 5), now)).toBe("today at 09:05");
  expect(formatWhen(at(2026, 4, 2, 23, 59), now)).toBe("yesterday at 23:59");
  expect(formatWhen(at(2026, 1, 1, 1, 1), now)).toBe("1 February");
  expect(formatWhen(at(2025, 1, 1, 1, 1), now)).toBe("1 February 2025");
});

test.each([
  ["Twelve million records", "twelve-million-records.html"],
  ["  Café: µ / ../x  ", "cafe-µ-x.html"],
  ["///", "notebook.html"],
  ["基因", "基因.html"],
])("the file of %j is %s", (title, name) => expect(fileName(title)).toBe(name.normalize("NFKD")));

test("a file takes the name that the notebook uses for it", () => {
  expect(nameFor("counts.csv", ["counts.csv", "data/counts.csv"])).toBe("counts.csv");
  expect(nameFor("counts.csv", ["data/counts.csv"])).toBe("data/counts.csv");
  expect(nameFor("counts.csv", ["a/counts.csv", "b/counts.csv"])).toBe("counts.csv");
  expect(nameFor("other.csv", ["data/counts.csv"])).toBe("other.csv");
});
