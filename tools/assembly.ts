import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = "src/engine/kernels/assembly";
const flags = ["-O3", "--enable", "simd", "--runtime", "minimal", "--use", "abort=", "--noAssert"];

/**
 * The kernels of src/engine/kernels/assembly as one WebAssembly module. Kept as build/kernels.wasm beside a checksum
 * of its sources, and compiled again only when those change (about two seconds).
 */
export async function compileAssembly(): Promise<Uint8Array<ArrayBuffer>> {
  const sources = new Map<string, string>();
  for (const name of (await readdir(join(root, folder))).toSorted())
    if (name.endsWith(".ts")) sources.set(name, await readFile(join(root, folder, name), "utf8"));
  const compiler = await readFile(join(root, "node_modules/assemblyscript/package.json"), "utf8");
  const version = (JSON.parse(compiler) as { version: string }).version;
  const checksum = createHash("sha256")
    .update(JSON.stringify([version, flags, ...sources]))
    .digest("hex");
  const kept = join(root, "build/kernels.wasm");
  const note = `${kept}.sha256`;
  if (existsSync(kept) && existsSync(note) && (await readFile(note, "utf8")) === checksum)
    return new Uint8Array(await readFile(kept));
  const bytes = await compile(sources);
  await mkdir(dirname(kept), { recursive: true });
  // Whole or not at all: several may compile at once.
  await writeFile(`${kept}.${process.pid}`, bytes);
  await rename(`${kept}.${process.pid}`, kept);
  await writeFile(note, checksum);
  return bytes;
}

async function compile(sources: ReadonlyMap<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const asc = (await import("assemblyscript/asc")).default;
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "kernels.wasm", ...flags], {
    readFile: (name) => sources.get(name.replace(/^\.?\//, "")) ?? null,
    writeFile: (_name, contents) => {
      bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !bytes)
    throw new Error(`the kernels did not compile: ${error?.message ?? ""}\n${stderr.toString()}`);
  return new Uint8Array(bytes);
}

const virtualId = "virtual:kernels-wasm";

/** Answers "virtual:kernels-wasm" with the module in base64: a worker started from a Blob has no address to fetch it from. */
export function assembly(): Plugin {
  return {
    name: "engrailed-assembly",
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : undefined),
    async load(id) {
      if (id !== `\0${virtualId}`) return undefined;
      const base64 = Buffer.from(await compileAssembly()).toString("base64");
      return `export const base64 = "${base64}";`;
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(`build/kernels.wasm: ${(await compileAssembly()).length} bytes`);
