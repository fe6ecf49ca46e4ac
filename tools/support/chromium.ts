import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-features=IsolateSandboxedIframes",
];

/**
 * Where Chromium is: CHROME_PATH, chromium, google-chrome, in that order. Where there is none and this is
 * Debian as root it is installed; else an error says the one command that would.
 */
export function findChromium(): string {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`no browser at CHROME_PATH: ${named}`);
  }
  const found = onPath("chromium") ?? onPath("google-chrome");
  if (found) return found;
  const debian = existsSync("/etc/debian_version") || /debian/.test(readIfThere("/etc/os-release"));
  if (debian && process.getuid?.() === 0) {
    process.stderr.write("installing chromium with apt-get\n");
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = onPath("chromium");
    if (installed) return installed;
  }
  throw new Error("no Chromium found: run `sudo apt-get install chromium`, or set CHROME_PATH");
}

/** A headless Chromium, driven through playwright-core. */
export function launchChromium(extra: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...flags, ...extra] });
}

function onPath(name: string): string | null {
  const { status, stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
  return status === 0 && stdout.trim() ? stdout.trim() : null;
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
