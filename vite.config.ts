import { defineConfig, type InlineConfig } from "vite";
import { assets } from "./tools/build/assets.ts";
import { licences } from "./tools/build/licences.ts";
import { realms } from "./tools/build/realms.ts";
import { serviceWorker } from "./tools/build/service-worker.ts";
import { assembly } from "./tools/assembly.ts";

const shared: InlineConfig = {
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [assembly()],
  resolve: {
    alias: { typescript: new URL("./src/notebook/typescript-absent.ts", import.meta.url).pathname },
  },
  build: { target: "es2022", reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
};

export default defineConfig({
  ...shared,
  publicDir: "public",
  plugins: [assembly(), realms(shared), assets(), licences(), serviceWorker(shared)],
  build: {
    ...shared.build,
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "index.html" },
  },
});
