import { build } from "vite";
import { findChromium } from "../../tools/support/chromium.ts";

/** Browser tests run on the built page: it is built once, and a browser is found or installed first. */
export async function setup(): Promise<void> {
  findChromium();
  await build({ logLevel: "error" });
}
