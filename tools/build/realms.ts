import { createHash } from "node:crypto";
import { build, type InlineConfig, type Plugin, type Rolldown } from "vite";

/**
 * Builds the code of stage, engine, kernel and reader workers as ES modules that are imported from Blobs, never by
 * URL: a sandboxed frame has no origin to import from, and a worker started by URL would not inherit the
 * page's content security policy. The chunks go to dist/parts; the module "virtual:realms" tells the shell
 * which there are. `import("./chunk.js")` becomes `__part("./chunk.js")`, which each realm's bootstrap answers.
 */
export interface RealmsManifest {
  /** File names (in parts/) of each realm's entry chunk. */
  readonly entries: Readonly<Record<"stage" | "engine" | "kernel" | "reader", string>>;
  /** Static imports of every chunk. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  /** Lengths of their import statements, in bytes; absent where there are none. */
  readonly heads: Readonly<Record<string, number>>;
}

const entries = {
  stage: "src/stage/stage.ts",
  engine: "src/engine/engine.worker.ts",
  kernel: "src/engine/pool/kernel.worker.ts",
  reader: "src/engine/reading/reader.worker.ts",
};

/** The import statements at the beginning of a built chunk. */
const staticImports = /^(?:import\s*(?:[^"';]*?\bfrom\s*)?"\.\/[\w.-]+\.js";?\s*)+/;

/** Their length in bytes, after which the chunk names no other chunk but in `__part`. */
function headLength(file: string, code: string, imports: readonly string[]): number {
  if (imports.length === 0) return 0;
  const head = staticImports.exec(code)?.[0] ?? "";
  const rest = code.slice(head.length);
  for (const name of imports)
    if (!head.includes(`"./${name}"`) || new RegExp(`from\\s*"\\./${name}"`).test(rest))
      throw new Error(`an import of ${name} does not stand at the beginning of a chunk: ${file}`);
  return Buffer.byteLength(head);
}

const dynamicImport = /\bimport\(\s*(["'`])\.\/([\w.-]+\.js)\1\s*\)/g;

export async function buildRealms(shared: InlineConfig) {
  const result = await build({
    ...shared,
    configFile: false,
    logLevel: "warn",
    build: {
      ...shared.build,
      write: false,
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 100_000,
      rolldownOptions: {
        input: entries,
        preserveEntrySignatures: "allow-extension",
        output: {
          format: "es",
          entryFileNames: "[name]-[hash].js",
          chunkFileNames: "[name]-[hash].js",
          assetFileNames: "[name]-[hash][extname]",
        },
      },
    },
  });
  const output = (Array.isArray(result) ? result[0] : (result as Rolldown.RolldownOutput)).output;
  const chunks = new Map<string, { code: string; imports: string[] }>();
  const found: Partial<Record<keyof typeof entries, string>> = {};
  let css = "";
  for (const item of output) {
    if (item.type === "asset") {
      if (item.fileName.endsWith(".css")) css += String(item.source);
      continue;
    }
    if (item.isEntry) found[item.name as keyof typeof entries] = item.fileName;
    const code = item.code.replace(
      dynamicImport,
      (_, quote, file) => `__part(${quote}${file}${quote})`,
    );
    if (/\bimport\s*\(\s*["'`]\.\//.test(code))
      throw new Error(`unrewritten import: ${item.fileName}`);
    chunks.set(item.fileName, { code, imports: item.imports });
  }
  assertNoCycles(chunks);
  return { chunks, css, entries: found as Record<keyof typeof entries, string> };
}

function assertNoCycles(chunks: Map<string, { imports: string[] }>): void {
  const state = new Map<string, 1 | 2>();
  const visit = (file: string, path: string[]) => {
    if (state.get(file) === 2) return;
    if (state.get(file) === 1) throw new Error(`chunks import each other: ${path.join(" > ")}`);
    state.set(file, 1);
    for (const next of chunks.get(file)?.imports ?? []) visit(next, [...path, next]);
    state.set(file, 2);
  };
  for (const file of chunks.keys()) visit(file, [file]);
}

/** One self-contained classic script from one entry, minified, as text. */
export async function buildScript(entry: string, shared: InlineConfig): Promise<string> {
  const result = await build({
    ...shared,
    configFile: false,
    logLevel: "warn",
    build: {
      ...shared.build,
      write: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: "iife", name: "_" } },
    },
  });
  const output = (Array.isArray(result) ? result[0] : (result as Rolldown.RolldownOutput)).output;
  const chunk = output.find((o) => o.type === "chunk");
  if (!chunk || chunk.type !== "chunk") throw new Error(`no script was built: ${entry}`);
  return chunk.code.trim();
}

export function sha256Base64(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

const virtualId = "virtual:realms";

/** The plugin of the page's own build: emits dist/parts and answers "virtual:realms". */
export function realms(shared: InlineConfig): Plugin {
  let manifestSource = "";
  let shellPolicy = "";
  return {
    name: "engrailed-realms",
    async buildStart() {
      const stageBootstrap = await buildScript("src/stage/bootstrap.ts", shared);
      const workerBootstrap = await buildScript("src/engine/bootstrap.ts", shared);
      const built = await buildRealms(shared);
      const imports: Record<string, string[]> = {};
      const heads: Record<string, number> = {};
      for (const [file, { code, imports: list }] of built.chunks) {
        this.emitFile({ type: "asset", fileName: `parts/${file}`, source: code });
        imports[file] = list;
        const head = headLength(file, code, list);
        if (head > 0) heads[file] = head;
      }
      const cssFile = `stage-${sha256Base64(built.css).replace(/\W/g, "").slice(0, 8)}.css`;
      this.emitFile({ type: "asset", fileName: `parts/${cssFile}`, source: built.css });
      const hash = sha256Base64(stageBootstrap);
      shellPolicy = policy({
        "default-src": "'none'",
        "script-src": `'self' blob: 'wasm-unsafe-eval' 'sha256-${hash}'`,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "data: blob:",
        "connect-src": "'self' blob: data:",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "frame-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
      });
      const stagePolicy = policy({
        "default-src": "'none'",
        "script-src": `blob: 'wasm-unsafe-eval' 'sha256-${hash}'`,
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "font-src": "data:",
        "media-src": "data: blob:",
        "connect-src": "blob: data:",
        "worker-src": "blob:",
        "frame-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
      });
      manifestSource = [
        `export const entries = ${JSON.stringify(built.entries)};`,
        `export const imports = ${JSON.stringify(imports)};`,
        `export const heads = ${JSON.stringify(heads)};`,
        `export const stageCss = ${JSON.stringify(cssFile)};`,
        `export const stageBootstrap = ${JSON.stringify(stageBootstrap)};`,
        `export const workerBootstrap = ${JSON.stringify(workerBootstrap)};`,
        `export const stagePolicy = ${JSON.stringify(stagePolicy)};`,
      ].join("\n");
    },
    resolveId(id) {
      return id === virtualId ? `\0${virtualId}` : undefined;
    },
    load(id) {
      return id === `\0${virtualId}` ? manifestSource : undefined;
    },
    transformIndexHtml(html) {
      return html.replace("%POLICY%", shellPolicy);
    },
  };
}

function policy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
