import type { Progress } from "../../base/progress.ts";
import type { AttachedFile, EngineApi, EngineStatus } from "../../protocol/engine.ts";
import { experimentBytes } from "../experiment/memory.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Pool } from "../pool/index.ts";
import type { Reading } from "../reading/index.ts";
import { preloadReader } from "../readers/index.ts";
import { createCache } from "./cache.ts";
import type { DatabaseSession, Databases } from "./databases.ts";
import { createFiles } from "./files.ts";
import { createImports } from "./create-imports.ts";
import { createHandles } from "./handles.ts";
import { isExperiment } from "./is-experiment.ts";
import { serveClient } from "./serve-client.ts";

/** Read experiments are kept up to this many bytes, the least recently used going first. */
const readLimit = 1_500_000_000;

/** Files of this many bytes are for kernels: their workers start while the page is still opening. */
const large = 2_000_000;

/** What the engine is made of and can't make itself. */
export interface ServiceOptions {
  readonly pool: Pool;
  readonly reading: Reading;
  readonly databases: Databases;
}

/** The engine's answers to the shell; one stage is answered at a time. */
export function createService({ pool, reading, databases }: ServiceOptions): EngineApi {
  const files = createFiles();
  const calls = new Map<number, Progress>();
  const held = new Set<Experiment>();
  let disconnect: (() => void) | null = null;
  let listener: ((status: EngineStatus) => void) | null = null;
  let told: ReturnType<typeof setTimeout> | null = null;

  const read = createCache<Experiment>(
    readLimit,
    (experiment) => {
      if (!held.has(experiment)) pool.release(experiment.counts);
    },
    tell,
  );
  const handles = createHandles((value) => {
    if (isExperiment(value)) {
      held.delete(value);
      if (![...read.values()].includes(value)) pool.release(value.counts);
    } else if ("close" in value) void (value as DatabaseSession).close();
    tell();
  });
  const holding = {
    ...handles,
    hold(value: object) {
      if (isExperiment(value)) held.add(value);
      tell();
      return handles.hold(value);
    },
  };

  function status(): EngineStatus {
    const experiments = new Set([...held, ...read.values()]);
    let records = 0;
    let bytes = 0;
    for (const experiment of experiments) {
      records += experiment.counts.nGenes * experiment.counts.nSamples;
      bytes += experimentBytes(experiment);
    }
    return { records, bytes, experiments: experiments.size, running: [...calls.values()] };
  }

  /** At most ten times a second. */
  function tell(): void {
    told ??= setTimeout(() => {
      told = null;
      listener?.(status());
    }, 100);
  }

  function prepare({ name, blob }: AttachedFile): void {
    if ((blob?.size ?? 0) < large) return;
    pool.warm();
    preloadReader(name);
  }

  return {
    connect(port) {
      disconnect?.();
      calls.clear();
      disconnect = serveClient(port, {
        pool,
        reading,
        read,
        databases,
        handles: holding,
        file: files.get,
        onCall(call, progress) {
          if (progress) calls.set(call, progress);
          else calls.delete(call);
          tell();
        },
      });
      tell();
    },
    attach(list) {
      files.replace(list);
      list.forEach(prepare);
    },
    attachOne(file) {
      files.add(file);
      prepare(file);
    },
    onStatus(next) {
      listener = next;
      tell();
    },
    ...createImports({ pool, reading, read, databases, file: files.get }),
  };
}
