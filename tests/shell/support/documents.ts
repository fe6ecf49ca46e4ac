import type { DocumentTools } from "../../../src/shell/ports.ts";
import { readError } from "../../../src/base/errors.ts";

/** The document's rules without a DOM: enough of them for what the shell does with titles and names. */
export const plainDocuments: DocumentTools = {
  parse(text, { file } = {}) {
    const title = /<title>([^<]*)<\/title>/.exec(text)?.[1];
    if (title === undefined || !text.includes("</notebook>"))
      throw readError("not a notebook: no <notebook> element", { file, line: 1 });
    const cells = [...text.matchAll(/<script id="(\d+)">([^<]*)<\/script>/g)].map(
      ([, id, value]) => ({
        id: Number(id),
        mode: "js" as const,
        value,
        pinned: false,
        hidden: false,
      }),
    );
    return {
      title: title.replaceAll("&lt;", "<").replaceAll("&amp;", "&"),
      theme: "air",
      readOnly: false,
      cells,
    };
  },
  format: ({ title, cells }) => notebookText(title, ...cells.map((cell) => cell.value)),
  attachmentNames: async ({ cells }) =>
    cells.flatMap(({ value }) =>
      [...value.matchAll(/FileAttachment\("([^"]*)"\)/g)].map((match) => match[1]),
    ),
};

export function notebookText(title: string, ...cells: string[]): string {
  const safe = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<notebook><title>${safe}</title>${cells
    .map((value, i) => `<script id="${i + 1}">${value}</script>`)
    .join("")}</notebook>`;
}
