import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Packages that tools of ours never bundle, though what we bundle depends on them. */
const unbundled = new Set(["typescript", "vite", "jsdom"]);

/** What lies inside a package's binaries under terms that the package does not repeat. */
const within = [
  `LZF filter for HDF5 (in h5wasm-plugins), BSD-3-Clause

Copyright (c) 2008-2009 Andrew Collette
LZF compression library: Copyright (c) 2000-2007 Marc Alexander Lehmann
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

a. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
   disclaimer.

b. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
   disclaimer in the documentation and/or other materials provided with the distribution.

c. Neither the name of the author nor the names of contributors may be used to endorse or promote products derived from
   this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`,
];

/** Writes dist/licences.txt: the licence of every package that the built page may hold code of. */
export function licences(): Plugin {
  let outDir = "dist";
  return {
    name: "engrailed-licences",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async writeBundle() {
      const found = new Map<string, Package>();
      collect(process.cwd(), Object.keys(manifest(".").dependencies ?? {}), found);
      const parts = [...found.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(
          ({ name, version, license, text }) =>
            `${name} ${version}, ${license}\n\n${text.trim()}\n`,
        );
      const own = `Engrailed, MIT\n\n${readFileSync("LICENSE", "utf8").trim()}\n`;
      await writeFile(
        join(outDir, "licences.txt"),
        [own, ...parts, ...within].join(`\n${"-".repeat(72)}\n\n`),
      );
    },
  };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function collect(from: string, names: readonly string[], found: Map<string, Package>): void {
  for (const name of names) {
    if (unbundled.has(name) || name.startsWith("@types/")) continue;
    const folder = locate(from, name);
    if (!folder) continue;
    const { version, license = "licence not stated", dependencies = {} } = manifest(folder);
    const key = `${name} ${version}`;
    if (found.has(key)) continue;
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8") : `Licence: ${license}`;
    found.set(key, { name, version, license, text });
    collect(folder, Object.keys(dependencies), found);
  }
}

/** Where node would find a package from a folder. */
function locate(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (folder === dirname(folder)) return null;
  }
}
