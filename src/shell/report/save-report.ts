import { workError } from "../../base/errors.ts";
import type { ReportCell } from "../../protocol/stage.ts";
import { download } from "../download.ts";
import { formatSize } from "../format-size.ts";
import type { Notices } from "../notices.ts";
import { fileName } from "../save-to-disk.ts";
import { reportPage } from "./report-page.ts";

export interface SaveReportOptions {
  readonly title: string;
  readonly at: number;
  /** Asks the stage; null where none runs. */
  readonly cells: (() => Promise<readonly ReportCell[]>) | null;
  readonly notices: Pick<Notices, "show">;
}

/** How long the stage may take, in ms: a cell that never ends would have it waited for. */
const patience = 60_000;
/** What mail servers commonly take, in bytes. */
const mailable = 10_000_000;

/** Saves what the notebook shows as one HTML file without scripts, and says how large it is. */
export async function saveReport({ title, at, cells, notices }: SaveReportOptions): Promise<void> {
  if (!cells)
    throw workError("there is nothing to report: the notebook does not run", {
      help: "Run it first.",
    });
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(
      () =>
        reject(
          workError("the notebook did not answer in a minute: report", {
            help: "A cell may never end. Stop it and try again.",
          }),
        ),
      patience,
    );
  });
  const given = await Promise.race([cells(), late]).finally(() => clearTimeout(timer));
  const shown = (Array.isArray(given) ? given : []) as readonly ReportCell[];
  const blob = new Blob([reportPage({ title, at }, shown)], { type: "text/html" });
  const name = fileName(title).replace(/\.html$/, "-report.html");
  download(blob, name);
  const unfinished = shown.filter(({ standing }) => standing).length;
  notices.show({
    text: `Report saved as ${name}, ${formatSize(blob.size)}.`,
    help:
      unfinished > 0
        ? `${unfinished} of its cells had not finished or had failed; it says so in their places.`
        : blob.size > mailable
          ? "Pictures of many points make it large for mail; smaller ones help."
          : undefined,
  });
}
