import type { Clock } from "./clock.ts";
import { openImportPanel, type ImportChoice } from "./import-panel.ts";
import { namedFiles } from "./named-files.ts";
import type { Notices } from "./notices.ts";
import type { ImportDoor } from "./ports.ts";

const patience = 400;

/**
 * What is to become of data files: asked in the import panel. With a notebook open, files of which none can be read are
 * attached without a question, where that is known soon.
 */
export async function takeImport(options: {
  readonly files: readonly File[];
  readonly engine: ImportDoor;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly here: boolean;
}): Promise<ImportChoice | null> {
  const { engine, notices, clock, here } = options;
  const files = namedFiles(options.files);
  const life = new AbortController();
  const inspected = engine.inspect(files, { signal: life.signal });
  inspected.catch(() => undefined);
  if (here) {
    const soon = new Promise<null>((resolve) => clock.after(patience, () => resolve(null)));
    const known = await Promise.race([inspected.catch(() => null), soon]);
    if (known?.every(({ role }) => role === null)) return { where: "attach" };
  }
  return openImportPanel({ files, inspected, engine, notices, here, life });
}
