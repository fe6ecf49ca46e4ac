import { Coordinator, coordinator as global, type Connector } from "@uwdata/mosaic-core";
import { createAPIContext } from "@uwdata/vgplot";
import { abortError, isAbortError } from "../../base/errors.ts";
import { tableToBytes, type Table } from "../../tables/index.ts";
import { showFailures } from "./show-failures.ts";

/** The database that linked views ask, and how long. */
export interface LinkedSource {
  /** Runs SQL and gives the last statement's result; stops with the run of the cell. */
  readonly query: (sql: string) => Promise<Table>;
  /** Runs SQL whatever has become of the cell: to clear up. */
  readonly clear: (sql: string) => Promise<unknown>;
  /** Aborted when the cell's run ends. */
  readonly signal: AbortSignal;
}

/** Mosaic's vgplot: `plot`, marks, interactors, `Selection` and the rest, by name. */
export type LinkedViews = Readonly<Record<string, unknown>>;

/** Functions of vgplot that find their coordinator and their named plots through `this`. */
const leaning = [
  "name",
  "menu",
  "search",
  "slider",
  "table",
  "colorLegend",
  "opacityLegend",
  "symbolLegend",
] as const;

/** The schema of the tables in which a coordinator keeps what it has aggregated; describeTables leaves it out. */
const schemaPrefix = "vg ";

/**
 * Makes linked views for one stage. Each run of a cell gets a coordinator of its own over the same database, so that what it
 * asks, and the tables of aggregates that it lays out for brushing, go when that run ends. A `Selection` links plots of any
 * cells. Names of plots, which legends refer to, are known in every cell of one database.
 */
export function createLinkedViews(): (source: LinkedSource, names: object) => LinkedViews {
  const live = new Set<Connector>();
  const plots = new WeakMap<object, unknown>();
  let next = 1;
  // Parts of Mosaic (tables, tiles) ask the global coordinator, which would look for a server: it gets the latest live one.
  const latest = {
    query(request: never) {
      const connector = [...live].at(-1);
      return connector ? connector.query(request) : Promise.reject(abortError());
    },
  } as Connector;

  return (source, names) => {
    if (live.size === 0)
      global(new Coordinator(latest, { logger: null, preagg: { enabled: false } }));
    const schema = `${schemaPrefix}${next++}`;
    const connector = connect(source);
    const mosaic = new Coordinator(connector, { logger: null, preagg: { schema } });
    const api = createAPIContext({
      coordinator: mosaic,
      ...(plots.has(names) ? { namedPlots: plots.get(names) as never } : {}),
    }) as Record<string, unknown> & { context: { namedPlots: unknown } };
    plots.set(names, api.context.namedPlots);
    live.add(connector);
    const close = () => {
      live.delete(connector);
      mosaic.clear();
      if (connector.wrote())
        source.clear(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`).catch(() => {});
    };
    if (source.signal.aborted) close();
    else source.signal.addEventListener("abort", close, { once: true });
    const bound = Object.fromEntries(
      leaning.map((key) => {
        const call = (api[key] as (...args: unknown[]) => unknown).bind(api);
        return [key, (first: unknown, ...rest: unknown[]) => call(withPath(first), ...rest)];
      }),
    );
    const plot = (api.plot as (...args: unknown[]) => HTMLElement).bind(api);
    const from = api.from as (table: unknown, options?: unknown) => unknown;
    const row = api.hconcat as (...plots: unknown[]) => HTMLElement;
    return {
      ...api,
      ...bound,
      // Side by side as far as there is room.
      hconcat: (...plots: unknown[]) => {
        const element = row(...plots);
        element.style.flexWrap = "wrap";
        return element;
      },
      from: (table: unknown, options?: unknown) => from(pathOf(table), options),
      plot: (...directives: unknown[]) => showFailures(plot(...directives)),
    };
  };
}

/** "schema.table" as the path that Mosaic wants: it would take the text for one name. */
function pathOf(table: unknown): unknown {
  return typeof table === "string" && /^\w+\.\w+$/.test(table) ? table.split(".") : table;
}

/** The options of a control, with the path of the table in `from`. */
function withPath(options: unknown): unknown {
  if (typeof options !== "object" || options === null || !("from" in options)) return options;
  return { ...options, from: pathOf(options.from) };
}

/** A connector over the source: results as Arrow IPC bytes, in the plain types that the database client gives. */
function connect(source: LinkedSource): Connector & { wrote(): boolean } {
  let wrote = false;
  return {
    wrote: () => wrote,
    async query({ type, sql }: { readonly type: string; readonly sql: string }) {
      if (source.signal.aborted) throw abortError();
      if (type === "exec") wrote = true;
      try {
        const table = await source.query(sql);
        return type === "exec" ? undefined : tableToBytes(table);
      } catch (error) {
        // What was stopped has nobody to tell.
        if (isAbortError(error) || source.signal.aborted) return new Promise(() => {});
        throw error;
      }
    },
  } as Connector & { wrote(): boolean };
}
