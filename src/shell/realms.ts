import * as built from "virtual:realms";
import { abortError, toPlain, workError } from "../base/errors.ts";
import { fetchPart } from "../base/fetch-part.ts";
import { toPart, type Part } from "../base/parts.ts";
import { throwIfAborted } from "../base/progress.ts";
import { callback, connect, moved, serve, type Remote } from "../protocol/ports.ts";
import type { AttachedFile, EngineApi } from "../protocol/engine.ts";
import type { FileEntry, ShellApi, StageApi } from "../protocol/stage.ts";
import type { EngineDoor, Realms, ShellDuties, StageHandle } from "./ports.ts";
import { importDoor } from "./import-door.ts";
import { stageFonts } from "./stage-fonts.ts";

const base = new URL("parts/", document.baseURI);
const fetched = new Map<string, Promise<Blob>>();
const known = new Map<string, Promise<Part>>();

/** A file of the build, fetched once. */
function builtFile(file: string): Promise<Blob> {
  let promise = fetched.get(file);
  if (!promise) {
    promise = fetchPart(new URL(file, base));
    fetched.set(file, promise);
    promise.catch(() => fetched.delete(file));
  }
  return promise;
}

/** A module of the build, fetched once. */
function part(file: string): Promise<Part> {
  let promise = known.get(file);
  if (!promise) {
    promise = builtFile(file).then((blob) =>
      toPart(file, blob, built.heads[file] ?? 0, built.imports[file] ?? []),
    );
    known.set(file, promise);
    promise.catch(() => known.delete(file));
  }
  return promise;
}

/** The names of a chunk and all that it imports. */
function closure(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of built.imports[file] ?? []) closure(next, seen);
  return seen;
}

function parts(file: string): Promise<Part[]> {
  return Promise.all([...closure(file)].map(part));
}

const stageCss = (): Promise<string> => builtFile(built.stageCss).then((blob) => blob.text());

/**
 * Starts the engine at once, and stages when asked. Both are started from parts of the build; the files that
 * cells may name are told to either.
 */
export function startRealms(): Realms {
  let broken: (error: unknown) => void = () => undefined;
  const breaks = new Promise<unknown>((resolve) => (broken = resolve));
  const worker = startEngine(broken);
  for (const start of [parts(built.entries.stage), stageCss()]) start.catch(() => undefined);
  const engine = connect<EngineApi>(worker);
  const files = new Map<string, FileEntry>();
  let current: StageHandle | null = null;

  const remember = (file: AttachedFile) =>
    files.set(file.name, { name: file.name, size: file.blob?.size ?? 0, error: file.error });
  const door: EngineDoor = {
    async attach(list) {
      files.clear();
      list.forEach(remember);
      await engine.attach(list);
      void current?.api.setFiles([...files.values()]);
    },
    async attachOne(file) {
      remember(file);
      await engine.attachOne(file);
      void current?.api.setFiles([...files.values()]);
    },
    onStatus: (listener) => engine.onStatus(callback(listener)),
    catalog: async () => (await current?.api.catalog()) ?? [],
    ...importDoor(engine, breaks),
  };

  return {
    engine: door,
    broken: breaks,
    async openStage(container, duties, { signal } = {}) {
      current?.close();
      current = null;
      const [stageParts, css] = await Promise.all([parts(built.entries.stage), stageCss()]);
      throwIfAborted(signal);
      const handle = await openFrame(container, duties, engine, stageParts, css, signal);
      const opened: StageHandle = {
        ...handle,
        close() {
          if (current === opened) current = null;
          handle.close();
        },
      };
      current = opened;
      await opened.api.setFiles([...files.values()]);
      return opened;
    },
  };
}

function startEngine(broken: (error: unknown) => void): Worker {
  const url = URL.createObjectURL(new Blob([built.workerBootstrap], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module", name: "engine" });
  const untilItSpeaks = new AbortController();
  const { signal } = untilItSpeaks;
  worker.addEventListener("message", () => untilItSpeaks.abort(), { signal });
  worker.addEventListener(
    "error",
    ({ message }) =>
      broken(
        workError(`the engine did not start: ${message}`, {
          help: "Reload the page; nothing is lost.",
        }),
      ),
    { signal },
  );
  const boot = (list: Part[]) =>
    worker.postMessage({
      engrailed: "boot",
      entry: built.entries.engine,
      parts: list,
      base: base.href,
      imports: built.imports,
      heads: built.heads,
      config: {
        root: new URL("./", document.baseURI).href,
        kernelEntry: built.entries.kernel,
        readerEntry: built.entries.reader,
        bootstrap: built.workerBootstrap,
      },
    });
  parts(built.entries.engine).then(boot, broken);
  return worker;
}

/** The frame of the stage, with the ports that it may speak through. */
function openFrame(
  container: HTMLElement,
  duties: ShellDuties,
  engine: Remote<EngineApi>,
  stageParts: Part[],
  css: string,
  signal?: AbortSignal,
): Promise<StageHandle> {
  const frame = document.createElement("iframe");
  frame.title = "Notebook";
  frame.setAttribute("sandbox", "allow-scripts allow-forms allow-downloads");
  frame.className = "stage-frame";
  frame.srcdoc = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${built.stagePolicy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Notebook</title><script>${built.stageBootstrap}</script></head><body></body></html>`;
  const toShell = new MessageChannel();
  const toEngine = new MessageChannel();
  const toParts = new MessageChannel();
  toParts.port1.onmessage = ({ data }: MessageEvent<string>) => {
    if (!(data in built.imports)) return;
    const answer = (rest: object) => toParts.port1.postMessage({ file: data, ...rest });
    parts(data).then(
      (list) => answer({ parts: list }),
      (error: unknown) => answer({ problem: (error as Error).message }),
    );
  };
  return new Promise((resolve, reject) => {
    const api = connect<StageApi>(toShell.port1);
    const back = new MessageChannel();
    const handle: StageHandle = {
      api: api as unknown as StageHandle["api"],
      ping: () => api.ping(),
      close() {
        frame.remove();
        for (const port of [toShell.port1, toParts.port1, back.port1]) port.close();
      },
    };
    const ready = () => {
      resolve(handle);
      duties.ready();
    };
    serve({ ...duties, ready, fonts: stageFonts } satisfies ShellApi, back.port1);
    signal?.addEventListener("abort", () => {
      handle.close();
      reject(abortError());
    });
    let loaded = false;
    frame.addEventListener("load", () => {
      if (loaded) return left();
      loaded = true;
      void engine.connect(moved(toEngine.port1, [toEngine.port1]));
      frame.contentWindow!.postMessage(
        { engrailed: "boot", entry: built.entries.stage, parts: stageParts, css },
        "*",
        [toShell.port2, toEngine.port2, toParts.port2, back.port2],
      );
    });
    /** A second load is a cell that navigated: the policy let it go nowhere, and the notebook is gone from the frame. */
    function left(): void {
      handle.close();
      const gone = workError("a cell tried to leave this page, and was stopped", {
        help: "Stop, find the cell that sets location or submits a form, then run again.",
      });
      duties.failed(toPlain(gone));
      reject(gone);
    }
    container.append(frame);
  });
}
