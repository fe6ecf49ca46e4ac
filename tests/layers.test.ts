import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const src = join(root, "src");

/** Who may import whom: CONTRIBUTING.md explains it, this table holds it. A room may always import itself. */
const engineRooms = [
  "engine/bytes",
  "engine/readers",
  "engine/experiment",
  "engine/duckdb",
  "engine/design",
  "engine/kernels",
  "engine/pool",
  "engine/analysis",
  "engine/intake",
  "engine/reading",
];
const stageRooms = [
  "stage/runtime",
  "stage/view",
  "stage/editor",
  "stage/data",
  "stage/markup",
  "stage/stdlib",
  "stage/charts",
  "stage/inputs",
  "stage/linked",
  "stage/report",
];
const table: Record<string, readonly string[]> = {
  base: [],
  tables: ["base"],
  notebook: ["base"],
  protocol: ["base", "tables"],
  grid: ["base", "tables"],
  "engine/bytes": ["base"],
  "engine/experiment": ["base", "tables"],
  "engine/duckdb": ["base", "tables"],
  "engine/design": ["base", "tables"],
  "engine/readers": ["base", "tables", "engine/bytes", "engine/experiment"],
  "engine/kernels": ["base"],
  "engine/pool": ["base", "engine/kernels"],
  "engine/analysis": ["base", "tables", "engine/experiment", "engine/design", "engine/pool"],
  "engine/intake": [
    "base",
    "tables",
    "engine/bytes",
    "engine/readers",
    "engine/experiment",
    "engine/pool",
    "engine/analysis",
  ],
  "engine/reading": [
    "base",
    "tables",
    "protocol",
    "engine/bytes",
    "engine/readers",
    "engine/experiment",
    "engine/intake",
    "engine/pool",
  ],
  "engine/service": ["base", "tables", "protocol", ...engineRooms],
  "engine/engine.worker.ts": ["base", "tables", "protocol", "engine/service", ...engineRooms],
  "engine/bootstrap.ts": ["base"],
  "stage/charts": ["base", "tables", "grid"],
  "stage/inputs": ["base", "tables", "grid"],
  "stage/linked": ["base", "tables"],
  "stage/report": ["base", "protocol"],
  "stage/runtime": ["base", "notebook"],
  "stage/editor": ["base", "notebook"],
  "stage/view": ["base", "notebook", "stage/editor", "stage/runtime"],
  "stage/data": ["base", "tables", "protocol"],
  "stage/markup": ["base"],
  "stage/stdlib": ["base", "tables", "notebook", "protocol", "grid", ...stageRooms],
  "stage/session": ["base", "tables", "notebook", "protocol", "grid", ...stageRooms],
  "stage/stage.ts": [
    "stage/session",
    "base",
    "tables",
    "notebook",
    "protocol",
    "grid",
    "stage/stdlib",
    ...stageRooms,
  ],
  "stage/bootstrap.ts": ["base"],
  shell: ["base", "tables", "grid", "notebook", "protocol"],
  "main.ts": ["base", "shell"],
  "realms.d.ts": [],
};

/** Rooms that may be named for their types alone. */
const typesOnly: Record<string, readonly string[]> = {
  protocol: ["engine/experiment", "engine/design", "engine/readers", "engine/analysis"],
  "engine/experiment": ["tables"],
  "engine/duckdb": ["engine/experiment"],
};

/** The one room (or file) that may import each outside library. */
const doors: Record<string, readonly string[]> = {
  "apache-arrow": ["tables"],
  "@duckdb/duckdb-wasm": ["engine/duckdb"],
  comlink: ["protocol"],
  "@observablehq/notebook-kit": ["notebook"],
  "@observablehq/runtime": ["stage/runtime"],
  "@observablehq/inspector": ["stage/runtime"],
  "@observablehq/plot": ["stage/charts", "stage/stdlib"],
  "@observablehq/inputs": ["stage/stdlib"],
  d3: ["stage/charts", "stage/stdlib"],
  "d3-dsv": ["stage/data"],
  htl: ["stage/stdlib"],
  "@uwdata": ["stage/linked"],
  katex: ["stage/markup"],
  "markdown-it": ["stage/markup"],
  sucrase: ["notebook"],
  acorn: ["notebook"],
  "acorn-walk": ["notebook"],
  idb: ["shell"],
  "@noble/hashes": ["engine/bytes"],
  fflate: ["engine/bytes", "grid"],
  papaparse: [],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "assembly" ? [] : files(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

function roomOf(path: string): string {
  const parts = relative(src, path).split("/");
  if (parts.length === 1) return parts[0];
  if (parts[0] === "engine" || parts[0] === "stage") return `${parts[0]}/${parts[1]}`;
  return parts[0];
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\s+from\s+)?["']([^"']+)["']|\bimport\(\s*(?:\/\*[^*]*\*\/\s*)?["']([^"']+)["']\s*\)/g;

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(statement)].map((match) => ({
    from: path,
    to: match[2] ?? match[3],
    typeOnly: match[1] !== undefined,
  }));
}

const all = files(src).flatMap(importsOf);
const local = all
  .filter((i) => i.to.startsWith("."))
  .map((i) => ({ ...i, path: join(dirname(i.from), i.to.replace(/\?.*$/, "")) }));

describe("the house", () => {
  it("has every room in the table", () => {
    const rooms = [...new Set(files(src).map(roomOf))];
    expect(rooms.filter((room) => !(room in table))).toEqual([]);
  });

  it("imports only where the table allows it", () => {
    const wrong = local
      .filter(({ from, path, typeOnly }) => {
        const a = roomOf(from);
        const b = roomOf(path);
        if (a === b || table[a]?.includes(b)) return false;
        return !(typeOnly && typesOnly[a]?.includes(b));
      })
      .map(({ from, to }) => `${relative(src, from)} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("has no import cycle", () => {
    const graph = new Map<string, string[]>();
    for (const { from, path, typeOnly } of local)
      if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), path]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push(
          [...path.slice(path.indexOf(file)), file].map((f) => relative(src, f)).join(" > "),
        );
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("has one door for each outside library", () => {
    const wrong = all
      .filter(({ from, to }) => {
        if (to.startsWith(".") || to.startsWith("virtual:")) return false;
        const library = Object.keys(doors).find((name) => to === name || to.startsWith(`${name}/`));
        return library !== undefined && !doors[library].includes(roomOf(from));
      })
      .map(({ from, to }) => `${relative(src, from)} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("keeps node's modules out of what ships", () => {
    const wrong = all
      .filter(({ to }) => to.startsWith("node:"))
      .map(({ from }) => relative(src, from));
    expect(wrong).toEqual([]);
  });
});
