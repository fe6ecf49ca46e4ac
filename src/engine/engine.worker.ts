import { serve, type Endpoint } from "../protocol/ports.ts";
import { createPool } from "./pool/index.ts";
import { createDatabases } from "./service/databases.ts";
import { createService } from "./service/create-service.ts";

/** What the shell starts the engine with. */
interface EngineBoot {
  /** Absolute address of the folder of parts. */
  readonly base: string;
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly config: {
    /** Absolute address of the page's folder. */
    readonly root: string;
    readonly kernelEntry: string;
    /** Text of the script that every engine worker starts from. */
    readonly bootstrap: string;
  };
}

/** Entry of the engine: joins pool, DuckDB and service, and answers the shell. */
export function start({ base, imports, config }: EngineBoot): void {
  const bootstrap = URL.createObjectURL(new Blob([config.bootstrap], { type: "text/javascript" }));
  const pool = createPool({
    spawn() {
      const worker = new Worker(bootstrap, { type: "module", name: "kernel" });
      worker.postMessage({
        engrailed: "boot",
        entry: config.kernelEntry,
        parts: [],
        base,
        imports,
      });
      return worker;
    },
  });
  const databases = createDatabases((name) => fetch(new URL(`duckdb/${name}`, config.root)));
  serve(createService({ pool, databases }), self as unknown as Endpoint);
}
