import { autoType, csvParseRows, tsvParseRows } from "d3-dsv";
import { readError } from "../../base/errors.ts";
import type { Table } from "../../tables/index.ts";
import type { FileEntry } from "../../protocol/stage.ts";
import type { WireFile } from "../../protocol/wire.ts";
import { bind, type CellContext } from "./context.ts";
import type { EnginePort, OnWire } from "./engine-port.ts";

interface DsvOptions {
  /** true: numbers, dates and booleans are recognised; false (default): strings. */
  readonly typed?: boolean;
  /** true: rows are arrays and the header is the first. */
  readonly array?: boolean;
}

type Row = Record<string, unknown>;

/** A file of this notebook: one that the reader attached, or one beside the notebook that its text names. */
export class NotebookFile implements OnWire {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly #engine: EnginePort;
  readonly #context: CellContext | null;
  readonly #blob: Blob | undefined;

  constructor(
    engine: EnginePort,
    entry: FileEntry,
    context: CellContext | null = null,
    blob?: Blob,
  ) {
    this.name = entry.name;
    this.size = entry.size;
    this.mimeType = mimeType(entry.name);
    this.#engine = engine;
    this.#context = context;
    this.#blob = blob;
  }

  [bind](context: CellContext): NotebookFile {
    return new NotebookFile(this.#engine, this, context, this.#blob);
  }

  toWire(): WireFile {
    return { $: "file", name: this.name, blob: this.#blob };
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = (await this.#run("fileBytes")) as Uint8Array<ArrayBuffer>;
    return bytes.buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.mimeType });
  }

  async text(encoding?: string): Promise<string> {
    return new TextDecoder(encoding).decode(await this.arrayBuffer());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  /** A blob: address of the file, for an image or a link. */
  async url(): Promise<string> {
    return URL.createObjectURL(await this.blob());
  }

  async stream(): Promise<ReadableStream<Uint8Array>> {
    return (await this.blob()).stream();
  }

  async image(properties: Partial<HTMLImageElement> = {}): Promise<HTMLImageElement> {
    const image = Object.assign(new Image(), properties);
    image.src = await this.url();
    await image.decode();
    return image;
  }

  async xml(type: DOMParserSupportedType = "application/xml"): Promise<Document> {
    return new DOMParser().parseFromString(await this.text(), type);
  }

  async html(): Promise<Document> {
    return this.xml("text/html");
  }

  /** Rows as objects (or arrays), with the header's names as `.columns`. */
  async csv(options?: DsvOptions): Promise<unknown> {
    return parsed(csvParseRows(await this.text()), options);
  }

  async tsv(options?: DsvOptions): Promise<unknown> {
    return parsed(tsvParseRows(await this.text()), options);
  }

  /** The Arrow table of an IPC file or stream. */
  async arrow(): Promise<Table> {
    return (await this.#run("readTable", { format: "arrow" })) as Table;
  }

  /** A Parquet file as an Arrow table. */
  async parquet(): Promise<Table> {
    return (await this.#run("readTable", { format: "parquet" })) as Table;
  }

  #run(operation: string, ...args: unknown[]): Promise<unknown> {
    return this.#engine.run(this.#context, operation, this, ...args);
  }
}

/** The builtin `FileAttachment(name)` over the files that are known now. */
export function fileAttachments(engine: EnginePort, files: ReadonlyMap<string, FileEntry>) {
  const attachment = (context: CellContext | null, name: string): NotebookFile => {
    const entry = files.get(String(name));
    if (!entry)
      throw readError(`file not found: ${name}`, {
        file: String(name),
        help: "Attach a file under this name (menu, Attach file). A computed name finds attached files only.",
      });
    if (entry.error !== undefined)
      throw readError(entry.error, {
        file: entry.name,
        help: "Attach the file under this name (menu, Attach file), or mend the name in the cell.",
      });
    return new NotebookFile(engine, entry, context);
  };
  const FileAttachment = (name: string) => attachment(null, name);
  return Object.assign(FileAttachment, {
    [bind]: (context: CellContext) => (name: string) => attachment(context, name),
  });
}

/** d3's typed rows without its generated functions, which the page's policy refuses. */
function parsed(table: string[][], { typed = false, array = false }: DsvOptions = {}): unknown {
  const columns = table[0] ?? [];
  if (array) {
    const body = table.map((row, i) => (typed && i > 0 ? typedRow(row) : row));
    return Object.assign(body, { columns });
  }
  const body: Row[] = [];
  for (let i = 1; i < table.length; ++i) {
    const row: Row = {};
    for (let j = 0; j < columns.length; ++j) row[columns[j]] = table[i][j] ?? "";
    body.push(typed ? (autoType(row as never) as Row) : row);
  }
  return Object.assign(body, { columns });
}

function typedRow(row: string[]): unknown[] {
  return autoType([...row] as never) as unknown[];
}

const byExtension: Record<string, string> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  json: "application/json",
  html: "text/html",
  xml: "application/xml",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gz: "application/gzip",
  arrow: "application/vnd.apache.arrow.file",
  parquet: "application/vnd.apache.parquet",
};

function mimeType(name: string): string {
  return byExtension[/\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? ""] ?? "application/octet-stream";
}
