import type { PlainError } from "../base/errors.ts";
import type {
  ImportFound,
  ImportPreview,
  JoinKey,
  JoinPreview,
  ReportLine,
} from "../protocol/import.ts";
import { h } from "./element.ts";
import { errorWords } from "./error-words.ts";
import { headTable } from "./head-table.ts";

const levels = { error: "Error", warning: "Warning", info: "Note" } as const;
const kinds = {
  counts: "counts",
  abundance: "abundance (not counts)",
  log: "log scale (not counts)",
} as const;

/** The size and kind of what was found: "28,953 genes × 176 samples, counts. 1 warning." */
export function foundWords({ shape, kind, report }: ImportFound): string {
  const n = (count: number, word: string) =>
    `${count.toLocaleString("en-GB")} ${word}${count === 1 ? "" : "s"}`;
  const warnings = report.filter(({ level }) => level !== "info").length;
  const size = `${n(shape.genes, "gene")} × ${n(shape.samples, "sample")}, ${kinds[kind]}`;
  return warnings === 0 ? `${size}.` : `${size}. ${n(warnings, "warning")}.`;
}

/** Why the files make no experiment, with the place in the file and what to do. */
export function importTrouble(problem: PlainError): HTMLElement {
  const { expected, help } = problem.details ?? {};
  return h(
    "div",
    { class: "import-trouble" },
    h("p", {}, h("strong", {}, "Error: "), errorWords(problem.message, problem.details)),
    expected && h("p", {}, `Expected: ${expected}.`),
    help && h("p", {}, help),
  );
}

/** What reading the files came to: how names meet, the report, the first samples and genes. */
export function importFound({ found, join }: ImportPreview): HTMLElement {
  return h(
    "div",
    { class: "import-found" },
    join !== null && joinView(join),
    found !== null && report(found.report),
    found !== null && h("h3", {}, "Samples"),
    found !== null && headTable(found.samples, "First samples"),
    found !== null && h("h3", {}, "Genes"),
    found !== null && headTable(found.genes, "First genes"),
  );
}

function report(lines: readonly ReportLine[]): HTMLElement {
  const order = ["error", "warning", "info"] as const;
  return h(
    "div",
    {},
    h("h3", {}, "What was noticed"),
    lines.length === 0 && h("p", { class: "muted" }, "Nothing odd."),
    h(
      "ul",
      { class: "import-report" },
      ...order.flatMap((level) =>
        lines
          .filter((line) => line.level === level)
          .map((line) =>
            h(
              "li",
              { class: `report-${level}` },
              h("span", { class: "report-level" }, levels[level]),
              h("span", {}, line.message),
            ),
          ),
      ),
    ),
  );
}

function joinView(join: JoinPreview): HTMLElement {
  const total = join.matched + join.aloneInCounts.length;
  const plain =
    join.aloneInCounts.length === 0 &&
    [...join.counts, ...join.sheet].every(({ id, key }) => id === key);
  const alone = (where: string, names: readonly string[]) =>
    names.length > 0 &&
    h("p", {}, h("strong", {}, `Only in ${where}: `), names.join(", "), names.length >= 50 && "…");
  return h(
    "div",
    { class: "import-join" },
    h("h3", {}, "How names meet"),
    h(
      "p",
      {},
      `${join.matched.toLocaleString("en-GB")} of ${join.aloneInCounts.length >= 50 ? "the" : total.toLocaleString("en-GB")} samples found in column ${join.column} of the sheet.`,
    ),
    !plain &&
      h(
        "div",
        { class: "import-sides" },
        keys("In the counts", join.counts),
        keys("In the sheet", join.sheet),
      ),
    alone("the counts", join.aloneInCounts),
    alone("the sheet", join.aloneInSheet),
  );
}

function keys(caption: string, rows: readonly JoinKey[]): HTMLElement {
  return h(
    "table",
    { class: "import-keys" },
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h("tr", {}, h("th", { scope: "col" }, "Name"), h("th", { scope: "col" }, "Compared as")),
    ),
    h(
      "tbody",
      {},
      ...rows.map(({ id, key }) =>
        h(
          "tr",
          {},
          h("td", {}, id),
          h("td", {}, key ?? h("span", { class: "muted" }, "nothing left")),
        ),
      ),
    ),
  );
}
