import { serve, type Endpoint } from "../protocol/ports.ts";
import { createPool } from "./pool/index.ts";
import { createReading } from "./reading/index.ts";
import { createDatabases } from "./service/databases.ts";
import { createService } from "./service/create-service.ts";

/** What the shell starts the engine with. */
interface EngineBoot {
  /** Absolute address of the folder of parts. */
  readonly base: string;
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly heads: Readonly<Record<string, number>>;
  readonly config: {
    /** Absolute address of the page's folder. */
    readonly root: string;
    readonly kernelEntry: string;
    readonly readerEntry: string;
    /** Text of the script that every engine worker starts from. */
    readonly bootstrap: string;
  };
}

/** Entry of the engine: joins pool, DuckDB and service, and answers the shell. */
export function start({ base, imports, heads, config }: EngineBoot): void {
  const bootstrap = URL.createObjectURL(new Blob([config.bootstrap], { type: "text/javascript" }));
  const spawn = (name: string, entry: string): Worker => {
    const worker = new Worker(bootstrap, { type: "module", name });
    worker.postMessage({ engrailed: "boot", entry, parts: [], base, imports, heads });
    return worker;
  };
  const pool = createPool({ spawn: () => spawn("kernel", config.kernelEntry) });
  const reading = createReading({ spawn: () => spawn("reader", config.readerEntry) });
  const databases = createDatabases(
    (name) => fetch(new URL(`duckdb/${name}`, config.root)),
    reading,
  );
  serve(createService({ pool, reading, databases }), self as unknown as Endpoint);
}
