import type { FileRole, InspectedFile, NamedFile } from "../protocol/import.ts";
import { h } from "./element.ts";
import { errorWords } from "./error-words.ts";
import { formatSize } from "./format-size.ts";
import { headTable } from "./head-table.ts";

const roles: readonly (readonly [FileRole | "", string])[] = [
  ["counts", "Counts"],
  ["samples", "Sample sheet"],
  ["genes", "Gene annotation"],
  ["transcripts", "Transcripts and genes"],
  ["", "Leave out"],
];

/** Each file with what it is taken for, its first rows, and what it is to be used as. */
export function importFileList(
  files: readonly NamedFile[],
  inspected: readonly InspectedFile[],
  onRoles: (roles: readonly (FileRole | null)[]) => void,
): HTMLElement {
  const chosen = inspected.map(({ role }) => role);
  const row = ({ name, blob }: NamedFile, i: number) => {
    const { label, head, problem } = inspected[i];
    const select = h(
      "select",
      {
        "aria-label": `Use ${name} as`,
        disabled: problem !== null,
        onchange: () => {
          chosen[i] = (select.value || null) as FileRole | null;
          onRoles([...chosen]);
        },
      },
      ...roles.map(([value, words]) =>
        h("option", { value, selected: value === (chosen[i] ?? "") }, words),
      ),
    );
    return h(
      "li",
      { class: "import-file" },
      h(
        "div",
        { class: "import-file-head" },
        h(
          "div",
          { class: "import-file-text" },
          h("span", { class: "import-name" }, name),
          h("span", { class: "import-facts" }, `${label} · ${formatSize(blob.size)}`),
        ),
        select,
      ),
      problem !== null &&
        h(
          "p",
          { class: "import-problem" },
          errorWords(problem.message, { ...problem.details, file: undefined }),
          problem.details?.help && ` ${problem.details.help}`,
        ),
      head !== null &&
        h(
          "details",
          { open: files.length <= 2 },
          h("summary", {}, "First rows", h("span", { class: "visually-hidden" }, ` of ${name}`)),
          headTable(head, `First rows of ${name}`),
        ),
    );
  };
  return h(
    "ul",
    { class: files.length > 6 ? "import-files import-many" : "import-files" },
    ...files.map(row),
  );
}
