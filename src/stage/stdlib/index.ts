import type { FileEntry } from "../../protocol/stage.ts";
import { boundFunction } from "../data/context.ts";
import { duckdbClients } from "../data/duckdb-client.ts";
import type { EnginePort } from "../data/engine-port.ts";
import type { Experiment } from "../data/experiment.ts";
import { fileAttachments, NotebookFile } from "../data/file-attachment.ts";
import { createImport } from "../runtime/create-import.ts";
import * as Generators from "../runtime/generators.ts";
import { Mutable } from "../runtime/mutable.ts";
import { engineBuiltins } from "./analysis.ts";
import { keptNote } from "./kept-note.ts";
import { pictureBuiltins } from "./pictures.ts";
import { linkedViews } from "./linked-views.ts";
import { tableView } from "./table-view.ts";

/** What the names need of the stage. */
export interface StdlibOptions {
  readonly engine: EnginePort;
  /** The files that the notebook may name, now and whenever that changes. */
  readonly files: {
    readonly current: ReadonlyMap<string, FileEntry>;
    onChange(listener: () => void): () => void;
  };
  /** The element whose width `width` is. */
  readonly root: HTMLElement;
}

/** Modules that `import` finds, by package. */
const modules: Readonly<Record<string, () => unknown>> = {
  "@observablehq/plot": () => import("@observablehq/plot"),
  "@observablehq/inputs": () => import("@observablehq/inputs"),
  d3: () => import("d3"),
  htl: () => import("htl"),
};

/**
 * The names that cells see, each made when a cell first asks for it. `display`, `view`, `invalidation` and
 * `visibility` are the runtime's own.
 */
export function createStdlib({
  engine,
  files,
  root,
}: StdlibOptions): Record<string, () => unknown> {
  const given = engineBuiltins(engine);
  return {
    Plot: modules["@observablehq/plot"],
    Inputs: modules["@observablehq/inputs"],
    d3: modules.d3,
    htl: modules.htl,
    html: async () => (await import("htl")).html,
    svg: async () => (await import("htl")).svg,
    md: async () => (await import("../markup/md.ts")).md,
    tex: async () => (await import("../markup/tex.ts")).tex,
    Generators: () => Generators,
    Mutable: () => Mutable,
    width: () => Generators.width(root),
    dark: () => Generators.dark(),
    palette: async () => (await import("./palette.ts")).palette(),
    now: () => Generators.now(),
    FileAttachment: () =>
      Generators.observe((change) => {
        const tell = () => change(fileAttachments(engine, files.current));
        tell();
        return files.onChange(tell);
      }),

    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, () => value])),
    DuckDBClient: () => duckdbClients(engine),

    vg: async () => linkedViews((await import("../linked/linked-views.ts")).createLinkedViews()),
    ...pictureBuiltins(engine),
    selection: async () => (await import("../../base/selection.ts")).selection,
    resultsTable: async () => {
      const { resultsTable } = await import("../../grid/results-table.ts");
      return (given: unknown, options?: object) => {
        const show = (table: unknown) => resultsTable(table as never, options as never);
        return given instanceof Promise ? given.then(show) : show(given);
      };
    },

    geneInput: async () => {
      const { geneInput } = await import("../inputs/gene-input.ts");
      return geneInput as (experiment: Experiment, options?: object) => HTMLElement;
    },
    contrastInput: async () => (await import("../inputs/contrast-input.ts")).contrastInput,
    sampleFilter: async () => (await import("../inputs/sample-filter.ts")).sampleFilter,
    fileInput: async () => {
      const { fileInput } = await import("../inputs/file-input.ts");
      return boundFunction((context, options: object = {}) =>
        fileInput({
          ...options,
          wrap: (file: File) =>
            new NotebookFile(engine, { name: file.name, size: file.size }, context, file),
        }),
      );
    },

    __import: () => createImport(modules),
    __tableView: () => tableView,
    __keptNote: () => keptNote,
  };
}
